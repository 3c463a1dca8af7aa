import { setTimeout as pause } from 'node:timers/promises';
import type { No } from '../history';
import type { Random } from '../random';
import type { Tokens } from '../recorder';
import type { HeldSession } from './held-session';
import type { Operations } from './operations';

// A client gives up for now after so many; the token stays good, for nobody knows its successor.
const mostTries = 10;
const betweenTries = 30;

/** What became of a round. `unknown`: nobody got an answer. */
export type Renewal = 'renewed' | 'refused' | 'unknown';

/**
 * One to three tabs of a client present the same refresh token at the same time, each at a process of its own, and ask again at
 * once after a lost reply. All are done before the successor is used: within the rules.
 */
export async function renew(operations: Operations, random: Random, held: HeldSession): Promise<Renewal> {
  const { refreshToken } = held.tokens;
  const tabs = random.weighted({ 1: 5, 2: 2, 3: 2 });
  const sources = Array.from({ length: Number(tabs) }, () => random.fork());
  const answers = await Promise.all(sources.map((own) => present(operations, own, held, refreshToken)));
  const pairs = distinct(answers.flatMap((answer) => (answer && 'tokens' in answer ? [answer.tokens] : [])));
  const chosen = random.pick(pairs);
  if (!chosen) return answers.some((answer) => answer !== undefined) ? 'refused' : 'unknown';
  held.adopt(chosen);
  // Where there is more than one, all are shown: they must not all be good.
  const shown = pairs.length > 1 || random.chance(0.7) ? pairs : [];
  await Promise.all(
    shown.map(({ accessToken }) => operations.verify(appFor(operations, random), held, { accessToken })),
  );
  // A tab that slept: its token's successor has been shown by now, but not for long.
  if (random.chance(0.1)) await present(operations, random, held, refreshToken);
  return 'renewed';
}

/** undefined: it was given up without an answer. */
async function present(
  operations: Operations,
  random: Random,
  held: HeldSession,
  refreshToken: string,
): Promise<{ tokens: Tokens } | No | undefined> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const answer = await operations.refresh(appFor(operations, random), held, refreshToken);
    if ('tokens' in answer || answer.status === 'refused') return answer;
    await pause(betweenTries);
  }
  return undefined;
}

function appFor({ appCount }: Operations, random: Random): number {
  return Math.floor(random.between(0, appCount));
}

function distinct(pairs: readonly Tokens[]): Tokens[] {
  return [...new Map(pairs.map((pair) => [pair.accessToken, pair])).values()];
}
