import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { redisCall } from '../../harness/redis-call';

// Under another policy than noeviction Redis drops keys as it likes: each one in turn is dropped here.
test.each(['s', 'i', 'a', 'e'])('B11 a lost %s key may sign someone out and lets nobody in', async (kind) => {
  const prefix = freshPrefix();
  const url = testRedisUrl();
  const sessions = new SessionManager({ store: new RedisStore({ url, prefix, deadline: '15s' }) });
  try {
    const live = await signIn(sessions);
    const ended = await signIn(sessions);
    await sessions.revoke(ended.session.id);
    const spent = live.tokens.refreshToken!;
    const renewed = await sessions.refresh(spent);
    if (renewed.status !== 'rotated') throw new Error(renewed.status);
    await sessions.refresh(renewed.tokens.refreshToken!);

    const keys = (await redisCall(url, ['KEYS', `${prefix}:${kind}:*`])) as string[];
    if (keys.length > 0) await redisCall(url, ['DEL', ...keys]);

    expect((await sessions.verify(ended.tokens.accessToken)).status).toMatch(/^(revoked|invalid)$/);
    expect((await sessions.refresh(ended.tokens.refreshToken!)).status).toMatch(/^(revoked|invalid)$/);
    expect((await sessions.refresh(spent)).status).toMatch(/^(reused|invalid)$/);
    expect((await sessions.verify(live.tokens.accessToken)).status).toMatch(/^(revoked|invalid)$/);
  } finally {
    await sessions.close();
  }
});

async function signIn(sessions: SessionManager) {
  const outcome = await sessions.create({ userId: 'alice' });
  if (outcome.status !== 'created') throw outcome.error;
  return outcome;
}
