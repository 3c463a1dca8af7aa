import { resolve } from 'node:path';
import { type ClockedApp, startClockedApp } from '../e2e/fixtures/clocked-app';

interface Tokens {
  accessToken?: string;
  refreshToken?: string;
}

interface Client {
  signIn(username: string, password: string): Promise<unknown>;
  call(method: string, path: string): Promise<{ userId: string }>;
  refresh(): Promise<Tokens>;
  signOut(): Promise<void>;
}

type Constructor = new (base: string, vault: object, network?: typeof fetch) => Client;

const file = resolve(__dirname, '../../examples/mobile-bearer/session-client.js');
const minutes = 60_000;

let app: ClockedApp;
let tokens: Tokens;
let network: typeof fetch;
let client: Client;

beforeEach(async () => {
  app = await startClockedApp('bearer');
  tokens = {};
  network = fetch;
  const vault = {
    load: async () => tokens,
    save: async (fresh: Tokens) => (tokens = fresh),
    clear: async () => (tokens = {}),
  };
  const { SessionClient } = (await import(file)) as { SessionClient: Constructor };
  client = new SessionClient(app.url, vault, (...request) => network(...request));
  await client.signIn('alice', 'any');
});

afterEach(() => app.close());

const renewals = (): string[] => app.answers.filter((answer) => answer.startsWith('POST /sessions/refresh'));

describe("the app's session client", () => {
  test('uses the access token while it lasts', async () => {
    expect(await client.call('GET', '/me')).toMatchObject({ userId: 'alice' });
    expect(renewals()).toEqual([]);
  });

  test('renews once when the access token has expired, and makes the call again', async () => {
    const before = tokens.refreshToken;
    app.clock.advance(16 * minutes);
    expect(await client.call('GET', '/me')).toMatchObject({ userId: 'alice' });
    expect(renewals()).toEqual(['POST /sessions/refresh 200']);
    expect(tokens.refreshToken).not.toBe(before);
  });

  test('renews once for ten calls at the same time', async () => {
    app.clock.advance(16 * minutes);
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.call('GET', '/me')));
    expect(answers.map(({ userId }) => userId)).toEqual(Array(10).fill('alice'));
    expect(renewals()).toHaveLength(1);
  });

  test('asks again when the answer to a renewal is lost, and stays in', async () => {
    app.clock.advance(16 * minutes);
    network = async (...request) => {
      const response = await fetch(...request);
      if (renewals().length !== 1) return response;
      network = fetch;
      throw new TypeError('connection lost');
    };
    expect(await client.call('GET', '/me')).toMatchObject({ userId: 'alice' });
    expect(renewals()).toEqual(['POST /sessions/refresh 200', 'POST /sessions/refresh 200']);
    expect(await client.call('GET', '/me')).toMatchObject({ userId: 'alice' });
  });

  test('forgets its tokens when the session is over, and says so', async () => {
    app.clock.advance(24 * 60 * minutes);
    await expect(client.call('GET', '/me')).rejects.toMatchObject({ status: 401, code: 'session_expired' });
    await expect(client.refresh()).rejects.toMatchObject({ status: 401, code: 'session_expired' });
    expect(tokens).toEqual({});
  });

  test('keeps its tokens when the server is in trouble', async () => {
    const before = tokens;
    network = async () => new Response('{"code":"store_unavailable"}', { status: 503 });
    await expect(client.refresh()).rejects.toMatchObject({ status: 503, code: 'store_unavailable' });
    expect(tokens).toBe(before);
  });

  test('forgets its tokens after signing out', async () => {
    await client.signOut();
    expect(tokens).toEqual({});
    await expect(client.call('GET', '/me')).rejects.toMatchObject({ code: 'no_session' });
  });

  test('signs out of a session that is over already', async () => {
    app.clock.advance(24 * 60 * minutes);
    await client.signOut();
    expect(tokens).toEqual({});
  });
});
