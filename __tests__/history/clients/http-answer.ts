import { type IncomingMessage, request } from 'node:http';
import type { AppAddress } from '../app/app-process';

/** What came back. */
export type HttpAnswer =
  | { readonly status: 'answered'; readonly http: number; readonly body: unknown }
  /** The connection broke, or nobody waited any longer. */
  | { readonly status: 'lost' }
  /** Nobody listened. */
  | { readonly status: 'unsent' };

export interface HttpQuestion {
  readonly method: string;
  readonly path: string;
  readonly token?: string | undefined;
  readonly body?: object;
}

// Longer than any process stands still and any store takes until its deadline, on a busy machine too.
const patience = 30_000;

const userAgent = 'HistoryClient/1.0 (Android 15; Pixel 9)';

export function ask({ port, agent }: AppAddress, { method, path, token, body }: HttpQuestion): Promise<HttpAnswer> {
  const text = body && JSON.stringify(body);
  const headers = {
    'User-Agent': userAgent,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve) => {
    const sent = request({ host: '127.0.0.1', port, agent, method, path, headers }, (response) => {
      read(response).then(
        (answer) => resolve({ status: 'answered', http: response.statusCode!, body: answer }),
        () => resolve({ status: 'lost' }),
      );
    });
    sent.setTimeout(patience, () => sent.destroy());
    sent.on('error', (fault: NodeJS.ErrnoException) =>
      resolve({ status: fault.code === 'ECONNREFUSED' ? 'unsent' : 'lost' }),
    );
    sent.end(text);
  });
}

async function read(response: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return text === '' ? undefined : JSON.parse(text);
}
