import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a manager on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('is healthy while the store answers, and says why when it is not', async () => {
    const sessions = bench.open();
    expect(await sessions.health()).toEqual({ status: 'up', milliseconds: expect.any(Number) as number });
    bench.store.failNext('ping');
    expect(await sessions.health()).toMatchObject({ status: 'down', error: { code: 'store_unavailable' } });
    bench.store.interceptNext('ping', () => Promise.reject(new Error('odd')));
    expect(await sessions.health()).toMatchObject({
      status: 'down',
      error: { code: 'store_unavailable', cause: { message: 'odd' } },
    });
    expect(await sessions.health()).toMatchObject({ status: 'up' });
  });
});
