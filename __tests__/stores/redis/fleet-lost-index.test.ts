import { userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetRedisUrl } from '../../fixtures/fleet-stores';
import { fakeClock } from '../../harness/clock';
import { begun, confirmed, finished } from '../../use-cases/fleet/fleet-bench';
import { openRedisScene } from './scene';

afterEach(emptyFleetStores);

test('A35 a session that the index has lost, so that the walk does not meet it, dies at its renewal and at its next recorded use', async () => {
  const { store, redis, keys, close } = await openRedisScene(fleetRedisUrl());
  const time = fakeClock();
  const sessions = new SessionManager({ store, clock: time.clock });
  const [met, renewing, using] = [await signedIn(sessions), await signedIn(sessions), await signedIn(sessions)];
  for (const { userId } of [renewing, using]) await redis.del(keys.index(userKey(userId)));
  time.advance(1_000);
  await begun(sessions, await confirmed(sessions));
  expect(await finished(sessions)).toMatchObject({ endedSessions: 1, endedUsers: 1 });
  const ended = { status: 'revoked', reason: 'fleet_ended' };
  expect(await sessions.verify(met.tokens.accessToken)).toMatchObject(ended);

  expect(await sessions.refresh(renewing.tokens.refreshToken)).toMatchObject(ended);
  time.advance(5 * 60_000);
  expect(await sessions.verify(using.tokens.accessToken)).toMatchObject({ status: 'active' });
  await sessions.flush();
  expect(await sessions.verify(using.tokens.accessToken)).toMatchObject(ended);
  await sessions.close();
  await close();
});
