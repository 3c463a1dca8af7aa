import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';

const maxBytes = 64 * 1024;

/**
 * The bytes of a request's body that nobody has read yet.
 *
 * @throws SessionError `unsupported_media_type` where they are compressed; `payload_too_large` above 64 KiB; `request_invalid`
 */
export async function readBodyBytes(req: IncomingMessage): Promise<Buffer> {
  const { 'content-encoding': encoding = 'identity', 'content-length': length = '0' } = req.headers;
  if (encoding !== 'identity') throw new SessionError('unsupported_media_type');
  if (Number(length) > maxBytes) throw new SessionError('payload_too_large');
  return collect(req);
}

function collect(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const settle = (finish: () => void): void => {
      req.off('data', take).off('end', finished).off('error', lost).off('close', lost);
      finish();
    };
    const take = (chunk: Uint8Array): void => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= maxBytes) return;
      settle(() => reject(new SessionError('payload_too_large')));
      req.resume(); // the rest is thrown away, so that the answer can be read
    };
    const finished = (): void => settle(() => resolve(Buffer.concat(chunks)));
    const lost = (): void =>
      settle(() => reject(new SessionError('request_invalid', { detail: 'The body broke off.' })));
    req.on('data', take).on('end', finished).on('error', lost).on('close', lost);
  });
}
