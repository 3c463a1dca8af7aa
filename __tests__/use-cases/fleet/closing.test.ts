import { SessionBench } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetStoreKinds } from '../../fixtures/fleet-stores';
import { waitUntil } from '../../harness/wait-until';
import { begun, confirmed, signInCrowd, stopAt } from './fleet-bench';

afterEach(emptyFleetStores);

jest.setTimeout(60_000);

describe.each(fleetStoreKinds)('closing a manager that waits to end all sessions on $name', (kind) => {
  let bench: SessionBench;

  beforeEach(() => {
    bench = new SessionBench(kind);
  });

  afterEach(() => bench.close());

  test('A35 closed while it looks who is at work, it does not wait for the end of the other’s lease', async () => {
    const first = bench.open();
    await signInCrowd(first, bench, [1]);
    const confirmation = await confirmed(first);
    stopAt(bench, 'survey', 1, 'before');
    await begun(first, confirmation);
    await waitUntil('it is at work', () => bench.store.calls.at(-1) === 'survey');
    const second = bench.open();
    stopAt(bench, 'close', 1, 'instead');
    let isClosed = false;
    bench.store.interceptNext('findFleetEnding', async (proceed) => {
      const found = await proceed();
      void second.close().then(() => (isClosed = true));
      return found;
    });
    second.fleet.resume();
    await waitUntil('it is closed', () => isClosed, 5_000);
  });
});
