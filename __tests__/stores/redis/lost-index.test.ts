import { userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { laptop, renewed, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { emptyFleetStores, fleetRedisUrl } from '../../fixtures/fleet-stores';
import { fakeClock } from '../../harness/clock';
import { begun, confirmed, finished } from '../../use-cases/fleet/fleet-bench';
import { openRedisScene, type RedisScene } from './scene';

afterEach(emptyFleetStores);

let scene: RedisScene;
let sessions: SessionManager;
const time = fakeClock();

beforeEach(async () => {
  scene = await openRedisScene(fleetRedisUrl());
  sessions = new SessionManager({ store: scene.store, clock: time.clock });
});

afterEach(async () => {
  await sessions.close();
  await scene.close();
});

/** Somebody with a spent token, whose session is in no list any more. */
async function lost(): Promise<SignedIn> {
  const made = await signedIn(sessions);
  await renewed(sessions, made.tokens.refreshToken);
  await scene.redis.del(scene.keys.index(userKey(made.userId)));
  return made;
}

const endings = {
  revoked_all: (users: readonly SignedIn[]) => Promise.all(users.map(({ userId }) => sessions.revokeAll(userId))),
  fleet_ended: async () => {
    await begun(sessions, await confirmed(sessions));
    return finished(sessions);
  },
};

test.each(Object.entries(endings))(
  'B11 A37 a session that the index has lost is not renewed once all have ended (%s)',
  async (reason, endAll) => {
    const [repeating, reissuing] = [await lost(), await lost()];
    time.advance(1_000);
    await endAll([repeating, reissuing]);
    const ended = { status: 'revoked', reason };
    expect(await sessions.refresh(repeating.tokens.refreshToken, laptop)).toMatchObject(ended);
    expect(await sessions.reissue(reissuing.session.id)).toEqual({ status: 'not-found' });
    for (const { tokens } of [repeating, reissuing]) {
      expect(await sessions.verify(tokens.accessToken)).toMatchObject(ended);
    }
  },
);
