import { honestNames, hostileTexts, obeyedByTerminals } from '../fixtures/hostile-text';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { liveWith, type Traces } from './hostile-life';

jest.setTimeout(60_000);

/** Every text in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  describe.each(Object.entries(hostileTexts))('%s', (_, text) => {
    let traces: Traces;
    beforeAll(async () => (traces = await liveWith(text, kind)));

    test('C-log A66 becomes one line of JSON each in a log, that a terminal only shows', () => {
      const lines = traces.log.split('\n');
      expect(lines.pop()).toBe('');
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) {
        expect(line).not.toMatch(obeyedByTerminals);
        expect(JSON.parse(line)).toMatchObject({ message: expect.stringMatching(/^audit [a-z_]+$/) as string });
      }
      expect(lines).toHaveLength(traces.delivered.length);
    });

    test('A58 A66 is kept of a client, its device, its place and its name only as far as it can be seen', () => {
      expect(traces.views.length).toBeGreaterThan(2);
      for (const { device, userAgent, location } of traces.views) {
        const kept = textsIn({ ...device, userAgent, location });
        expect(kept.filter((one) => obeyedByTerminals.test(one))).toEqual([]);
      }
      const judged = traces.heard.flatMap(({ event }) => ('risk' in event && event.risk ? event.risk.signals : []));
      expect(judged.length).toBeGreaterThan(0);
      expect(judged.filter(({ because }) => obeyedByTerminals.test(because))).toEqual([]);
    });

    test('C-log A66 is in no error, whatever it stood in the place of', () => {
      expect(traces.errors.length).toBeGreaterThan(3);
      for (const { message } of traces.errors) expect(message).not.toMatch(obeyedByTerminals);
    });

    test('C-XSS comes back as it was where it is an id or the app’s own data: nothing in between has read it', () => {
      expect(JSON.stringify([traces.views, traces.answers])).not.toMatch(/[\r\n]/);
      if (!text.isWellFormed()) return;
      expect(traces.views.some(({ userId }) => userId === text)).toBe(true);
      expect(traces.delivered.some(({ subject }) => subject === text)).toBe(true);
      expect(traces.delivered.some(({ actor }) => actor.id === text)).toBe(true);
      const kept = traces.views.flatMap(({ data }) => Object.entries(data));
      expect(kept.filter(([key, value]) => key !== text || value !== text)).toEqual([]);
      expect(kept.length > 0).toBe(text !== '__proto__');
    });
  });

  test.each(honestNames)('the device name %s stays as people wrote it', async (name) => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions, { client: { userAgent: name, location: { city: name } } });
    await sessions.update(session.id, { name });
    const { data } = await sessions.list(userId);
    expect(data[0]).toMatchObject({ device: { name }, userAgent: name });
    if (Buffer.byteLength(name) <= 64) expect(data[0]).toMatchObject({ location: { city: name } });
  });

  test('an actor that could not be stored as it is is refused', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    await expect(sessions.revoke(session.id, { actor: { type: 'admin', id: 'half\ud800' } })).rejects.toMatchObject(
      {
        code: 'request_invalid',
        field: 'actor',
      },
    );
  });
});
