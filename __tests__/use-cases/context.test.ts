import { SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a manager on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('writes what is pending when it closes, and answers store_unavailable from then on', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    bench.time.advance(minute);
    await sessions.verify(tokens.accessToken);
    const calls = await bench.store.callsDuring(() => sessions.close());
    expect(calls.at(-1)).toBe('close');
    expect(calls.sort()).toEqual(['close', 'tallySignIns', 'touch']);
    await expect(sessions.verify(tokens.accessToken)).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(sessions.create({ userId: 'alice' })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(await sessions.health()).toMatchObject({ status: 'down' });
    await sessions.close();
  });

  test('flush has nothing to wait for where nothing is pending', async () => {
    expect(await bench.open().flush()).toBeUndefined();
  });
});
