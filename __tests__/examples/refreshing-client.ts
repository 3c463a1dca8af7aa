import { Agent, request } from 'node:http';
import { readRefreshToken, type RefreshToken } from '../../lib/tokens/refresh-token';
import { iphoneSafari, type Tokens } from './visitor';

export interface Told {
  readonly status: number;
  readonly tokens: Tokens | undefined;
}

/** Posts JSON, or gets where there is no body. Rejects where the connection ends without an answer. */
export function ask(url: string, { bearer, body, agent }: Asking): Promise<Told> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = {
    'User-Agent': iphoneSafari,
    ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    ...(text === undefined
      ? {}
      : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
  };
  return new Promise((resolve, reject) => {
    const method = text === undefined ? 'GET' : 'POST';
    const sent = request(url, { method, headers, agent: agent ?? false }, (answer) => {
      let came = '';
      answer.on('data', (chunk) => (came += String(chunk)));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode!,
          tokens: came === '' ? undefined : (JSON.parse(came) as { tokens?: Tokens }).tokens,
        }),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

interface Asking {
  readonly bearer?: string;
  readonly body?: object;
  readonly agent?: Agent;
}

/** A bearer client that renews its tokens and uses them, over and over, and goes by what it was told. */
export class RefreshingClient {
  /** How often each status came; 0: no answer. */
  readonly statuses: Record<number, number> = {};
  /** Those it holds. */
  tokens: Tokens;
  /** Whether the app has accepted the access token that it holds. */
  isConfirmed = true;
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(url: string, tokens: Tokens) {
    this.#url = url;
    this.tokens = tokens;
  }

  get refreshToken(): RefreshToken {
    return readRefreshToken(this.tokens.refreshToken)!;
  }

  /** Until it is told to stop, or nobody answers. Whoever is told 503 tries again. */
  async run(isOver: () => boolean): Promise<void> {
    try {
      while (!isOver()) await this.#turn();
    } catch {
      this.#note(0);
    } finally {
      this.#agent.destroy();
    }
  }

  async #turn(): Promise<void> {
    const body = { refreshToken: this.tokens.refreshToken };
    const { status, tokens } = await ask(`${this.#url}/api/v1/sessions/refresh`, { body, agent: this.#agent });
    this.#note(status);
    if (!tokens) return;
    this.tokens = tokens;
    this.isConfirmed = false;
    const used = await ask(`${this.#url}/me`, { bearer: tokens.accessToken, agent: this.#agent });
    this.#note(used.status);
    this.isConfirmed = used.status === 200;
  }

  #note(status: number): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }
}

/** Signs so many clients in, each on a session of its own. */
export async function refreshingClients(url: string, count: number): Promise<RefreshingClient[]> {
  const clients: RefreshingClient[] = [];
  while (clients.length < count) {
    const body = { username: 'alice', password: 'wonderland', transport: 'bearer' };
    const { tokens } = await ask(`${url}/login`, { body });
    if (tokens) clients.push(new RefreshingClient(url, tokens));
  }
  return clients;
}

/** Every status that any of them was told. */
export function statusesOf(clients: readonly RefreshingClient[]): number[] {
  const told = clients.flatMap(({ statuses }) => Object.keys(statuses).map(Number));
  return [...new Set(told)].sort((one, other) => one - other);
}
