import { kindOfValue } from '../domain/kind-of-value';
import type { Context } from './context';
import { askHook } from './hooks';

/**
 * Whether the app knows of a change of a user's credentials at or after this beginning of a session or sign-in: what tells
 * of it even where `revokeAll` never reached the store. Costs nothing where the app gives no `credentialsChangedAt`.
 *
 * @throws SessionError `hook_failed`: whether the password was changed is not known, so nobody is let in
 */
export async function changedSince(context: Context, userId: string, startedAt: number): Promise<boolean> {
  const { credentialsChangedAt } = context.settings;
  if (!credentialsChangedAt) return false;
  const hook = { hook: 'credentialsChangedAt', userId } as const;
  const changedAt = await askHook<number | null | undefined>(
    context,
    hook,
    () => credentialsChangedAt(userId),
    problemOfTime,
  );
  return changedAt != null && changedAt >= startedAt;
}

function problemOfTime(answer: unknown): string | undefined {
  if (answer == null || (typeof answer === 'number' && Number.isFinite(answer) && answer >= 0)) return undefined;
  return `${kindOfValue(answer)}: expected milliseconds since 1970, or null for never`;
}
