import { Console } from 'node:console';
import { Writable } from 'node:stream';
import pino from 'pino';
import { type AuditSink, logSink } from '../../lib';
import { entryOf } from './fixtures/entries';

const never = new AbortController().signal;
const hostile = 'evil\r\n{"level":50,"msg":"forged"}\u001b[31mred\u009b2J\u202eright\u2028line';

/** What is written, as lines. */
function paper(): { readonly stream: Writable; readonly lines: () => string[] } {
  let text = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      text += chunk.toString();
      done();
    },
  });
  return { stream, lines: () => text.split('\n').slice(0, -1) };
}

const loggers: [string, (stream: Writable) => AuditSink][] = [
  ['pino', (stream) => logSink(pino({ base: null }, stream))],
  ['console', (stream) => logSink(new Console(stream, stream))],
];

describe.each(loggers)('to %s', (_, sinkOn) => {
  test('each entry is one line of JSON, louder where something failed', async () => {
    const { stream, lines } = paper();
    const failed = entryOf({ id: 'BBBBBBBBBBB', event: 'token_reused', outcome: 'failure' });
    await sinkOn(stream).deliver([entryOf(), failed], never);
    const written = lines().map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(written.map(({ audit }) => audit)).toEqual([entryOf(), failed]);
    expect(written.map(({ msg, message }) => msg ?? message)).toEqual([
      'audit session_revoked',
      'audit token_reused',
    ]);
    expect([
      [30, 40],
      ['info', 'warn'],
    ]).toContainEqual(written.map(({ level }) => level));
  });

  test('A66 C-log hostile text stays within its line, and nothing in it reaches the terminal', async () => {
    const { stream, lines } = paper();
    const entry = entryOf({ reason: hostile, subject: hostile, actor: { type: 'admin', id: hostile } });
    await sinkOn(stream).deliver([entry], never);
    expect(lines()).toHaveLength(1);
    // eslint-disable-next-line no-control-regex -- that none is there
    expect(lines()[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
    expect(JSON.parse(lines()[0]!)).toMatchObject({
      audit: { subject: expect.stringContaining('evil') as unknown },
    });
  });
});

test('the level is the app’s to choose', async () => {
  const heard: string[] = [];
  const logger = {
    info: () => heard.push('info'),
    warn: () => heard.push('warn'),
    error: () => heard.push('error'),
  };
  await logSink(logger, { level: ({ event }) => (event === 'token_reused' ? 'error' : 'info') }).deliver(
    [entryOf(), entryOf({ event: 'token_reused' })],
    never,
  );
  expect(heard).toEqual(['info', 'error']);
});

test('a logger that throws makes the delivery fail', async () => {
  const broken = (): never => {
    throw new Error('the disk is full');
  };
  const sink = logSink({ info: broken, warn: broken, error: broken });
  await expect(sink.deliver([entryOf()], never)).rejects.toThrow('the disk is full');
});

test('what is no logger is refused at once', () => {
  expect(() => logSink({ info: () => undefined } as never)).toThrow(/logSink.warn: expected a function/);
  expect(() => logSink(console, { levels: 1 } as never)).toThrow(/did you mean 'level'/);
});
