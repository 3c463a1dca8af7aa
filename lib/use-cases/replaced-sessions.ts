import type { SessionId } from '../domain/session-id';
import type { Replaced } from '../store/creation';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { readRefreshToken } from '../tokens/refresh-token';
import type { Context } from './context';
import { revokeOneToken } from './revoke-token';

/** The sessions that a sign-in takes over from, each with one token: its refresh token is known longer than its access token. */
export type ReplacedSessions = ReadonlyMap<SessionId, string>;

export function readReplaced(tokens: readonly string[]): ReplacedSessions {
  const found = new Map<SessionId, string>();
  for (const read of [readAccessToken, readRefreshToken]) {
    for (const token of tokens) {
      const parsed = read(token);
      if (parsed) found.set(parsed.id, token);
    }
  }
  return found;
}

export function replacements(replaced: ReplacedSessions): Replaced[] {
  return [...replaced].map(([id, token]) => {
    const { secret } = (readRefreshToken(token) ?? readAccessToken(token))!;
    return { id, digest: digestOf(secret) };
  });
}

/** A browser that changes users leaves the other user's session behind; the sign-in stands even if that cannot be ended now. */
export async function endForeign(
  context: Context,
  replaced: ReplacedSessions,
  ended: readonly { readonly id: string }[],
): Promise<void> {
  const done = new Set(ended.map(({ id }) => id));
  const left = [...replaced].filter(([id]) => !done.has(id));
  await Promise.all(left.map(([, token]) => endOne(context, token)));
}

async function endOne(context: Context, token: string): Promise<void> {
  try {
    await revokeOneToken(context, token, { reason: 'replaced' });
  } catch (error) {
    context.events.emit('background.failed', { operation: 'revoke', error, final: true });
  }
}
