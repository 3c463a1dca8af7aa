import { person } from './people.js';

/**
 * A sign-in as a browser makes it.
 *
 * @param {import('sessionkeeper').SessionManager} sessions @param {string} userId @param {number} number tells devices apart
 */
export async function signInFrom(sessions, userId, number) {
  const { ip, userAgent } = person(number);
  const outcome = await sessions.create({
    userId,
    applicationId: 'web',
    methods: ['pwd'],
    deviceId: `device-${String(number).padStart(15, '0')}`,
    client: { ip, userAgent },
  });
  if (outcome.status !== 'created') throw outcome.error;
  const { accessToken, refreshToken = '' } = outcome.tokens;
  return { id: outcome.session.id, userId, accessToken, refreshToken };
}

/** @typedef {Awaited<ReturnType<typeof signInFrom>>} SignedIn */

/**
 * Does something for each number from `from` up to and without `to`, as many at once as that.
 *
 * @param {{ from?: number, to: number, atOnce: number }} range @param {(number: number) => Promise<unknown>} work
 */
export async function forEachNumber({ from = 0, to, atOnce }, work) {
  let next = from;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < to) await work(next++);
    }),
  );
}
