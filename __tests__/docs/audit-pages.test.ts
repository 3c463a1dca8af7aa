import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import ts from 'typescript';
import * as surface from '../../lib';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { entryOf } from '../sinks/fixtures/entries';
import { codeBlocks } from './code-blocks';

const requireHere = createRequire(__filename);
const never = new AbortController().signal;

/** Runs a block of a page, and gives what it declares under these names. */
async function run(block: string, given: Record<string, unknown>, wanted: readonly string[]): Promise<unknown[]> {
  const { outputText } = ts.transpileModule(`${block}\nreturn [${wanted.join(', ')}];`, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023, esModuleInterop: true },
  });
  const load = (name: string): unknown => (name === 'sessionkeeper' ? surface : requireHere(name));
  const AsyncFunction = (async () => undefined).constructor as new (...parts: string[]) => typeof run;
  const names = ['require', 'exports', ...Object.keys(given)];
  const body = new AsyncFunction(...names, outputText) as unknown as (...values: unknown[]) => Promise<unknown[]>;
  return body(load, {}, ...Object.values(given));
}

const blockWith = (page: string, text: string): string =>
  codeBlocks(page, 'js').find((block) => block.includes(text))!;

describe('docs/webhooks.md', () => {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  let server: Server;
  let handled: unknown[];
  let url: string;

  beforeEach(async () => {
    const known = new Set<unknown>();
    handled = [];
    const given = {
      process: { env: { WEBHOOK_SECRET: secret } },
      seen: {
        add: (id: unknown) => {
          const isNew = !known.has(id);
          known.add(id);
          return Promise.resolve(isNew);
        },
      },
      handle: (type: string, data: unknown) => Promise.resolve(handled.push([type, data])),
    };
    const [app] = (await run(blockWith('docs/webhooks.md', 'express.text'), given, ['app'])) as [
      { listen(port: number, host: string, done: () => void): Server },
    ];
    await new Promise<void>((resolve) => (server = app.listen(0, '127.0.0.1', resolve)));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sessions`;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('the receiver takes what the sink sends, once, and nothing else', async () => {
    const sink = surface.webhookSink({ url, secret });
    for (let time = 0; time < 2; time += 1) {
      expect(await sink.deliver([entryOf()], never)).toEqual({ failed: [] });
    }
    expect(handled).toEqual([['audit.session_revoked', entryOf()]]);
    const forged = surface.webhookSink({ url, secret: `whsec_${randomBytes(32).toString('base64')}` });
    expect(await forged.deliver([entryOf({ id: 'BBBBBBBBBBB' })], never)).toMatchObject({
      failed: [{ because: 'the receiver answered 400' }],
    });
    expect(handled).toHaveLength(1);
  });
});

describe('docs/ship-the-audit-log.md', () => {
  test('its manager logs, calls the function, and keeps the feed, which its reader reads to the end and goes on with', async () => {
    const bench = new SessionBench(storeKinds[0]!);
    const sent: unknown[] = [];
    class Manager extends surface.SessionManager {
      constructor(options: surface.ManagerOptions) {
        super({ store: bench.store.port, clock: bench.time.clock, ...options });
      }
    }
    const lines: unknown[] = [];
    const pino = () => ({
      info: (fields: unknown) => lines.push(fields),
      warn: () => undefined,
      error: () => undefined,
    });
    const setUp = blockWith('docs/ship-the-audit-log.md', "import pino from 'pino'").replace(/^import .*$/gm, '');
    const siem = { send: (entries: unknown[]) => Promise.resolve(void sent.push(...entries)) };
    const [sessions] = (await run(setUp, { ...surface, SessionManager: Manager, pino, siem }, ['sessions'])) as [
      surface.SessionManager,
    ];
    const { userId } = await signedIn(sessions);
    await sessions.audit.flush();
    const { data } = await sessions.history(userId);
    expect(sent).toEqual(data);
    expect(lines).toEqual(data.map((audit) => ({ audit })));

    const rows = new Map<string, unknown>();
    let saved: string | undefined;
    const tx = {
      insertUnlessKnown: (id: string, entry: unknown) => Promise.resolve(void rows.set(id, entry)),
      saveCursor: (cursor: string) => Promise.resolve(void (saved = cursor)),
    };
    const db = { transaction: (work: (one: typeof tx) => Promise<void>) => work(tx) };
    const [consume] = (await run(blockWith('docs/ship-the-audit-log.md', 'saveCursor'), { sessions, db }, [
      'consume',
    ])) as [(cursor?: string) => Promise<{ count: number }>];
    expect((await consume()).count).toBe(1);
    expect((await consume(saved)).count).toBe(0);
    await signedIn(sessions, { userId });
    await sessions.audit.flush();
    expect((await consume(saved)).count).toBe(1);
    expect([...rows.values()]).toEqual((await sessions.history(userId)).data.toReversed());
    await sessions.close();
  });
});
