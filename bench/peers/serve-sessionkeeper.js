import { getSession, requireSession } from '../../dist/index.js';
import { serve } from './serve.js';

/** @param {import('sessionkeeper').SessionManager} sessions @param {'bearer' | 'cookie'} transport */
export async function serveSessionkeeper(sessions, transport = 'bearer') {
  await serve({
    guard: requireSession(sessions),
    userOf: (req) => getSession(req).userId,
    async signIn({ userId, ip, userAgent }) {
      const outcome = await sessions.create({ userId, client: { ip, userAgent } });
      if (outcome.status !== 'created') throw outcome.error;
      const { accessToken } = outcome.tokens;
      if (transport === 'bearer') return { authorization: `Bearer ${accessToken}` };
      return { cookie: `${sessions.settings.cookies.accessName}=${accessToken}` };
    },
  });
}
