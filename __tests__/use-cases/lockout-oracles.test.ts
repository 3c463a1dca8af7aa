import type { SessionManager } from '../../lib/session-manager';
import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('what a refusal tells, on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const ip = '203.0.113.9';

  function open(): SessionManager {
    return bench.open({ lockout: { freeFailures: 0, maxFailuresPerAddress: 2 } });
  }

  test('A70 a guess that comes too late is told the same time to wait, right or wrong', async () => {
    const { lockout } = open();
    const [account, other] = [bench.newUser(), bench.newUser()];
    const client = { ip };
    await lockout.recordFailure({ account: other, client });
    // holds the account for a second, and the address for a quarter of an hour
    await lockout.recordFailure({ account, client });
    const wrong = await lockout.recordFailure({ account, client });
    const right = await lockout.recordSuccess({ account, client });
    expect(wrong).toMatchObject({ status: 'refused', retryAfterSeconds: 900 });
    expect(right).toMatchObject({ status: 'refused', retryAfterSeconds: 900 });
  });

  test('an address that leaves before each answer is held in the end, whatever the accounts', async () => {
    const { lockout } = open();
    for (let count = 0; count < 2; count++) {
      await lockout.recordFailure({ account: bench.newUser(), client: { ip } }, { clientLeft: true });
    }
    expect(await lockout.check({ account: bench.newUser(), client: { ip } })).toMatchObject({ status: 'refused' });
  });

  test.each(['al\u00adice', 'al\u200bice', '\ufeffalice', 'alice\u2060'])(
    'A69 %j draws on the budget of alice, as many databases would find her',
    async (spelling) => {
      const { lockout } = open();
      await lockout.recordFailure({ account: 'alice' });
      expect(await lockout.check({ account: spelling })).toMatchObject({ status: 'refused' });
    },
  );
});
