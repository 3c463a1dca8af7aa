import { kindOfValue } from '../../domain/kind-of-value';
import type { RiskSettings } from '../../options/risk';
import type { Context } from '../context';
import { askOptionalHook, type Unanswered } from '../hooks';

/** What the app says of an address; false where it was not asked. */
export async function isAnonymous(
  { events, store }: Pick<Context, 'events' | 'store'>,
  { anonymous }: RiskSettings,
  { ip, userId }: { readonly ip: string | undefined; readonly userId: string },
): Promise<boolean | Unanswered> {
  if (!anonymous || ip === undefined) return false;
  const outcome = 'so nobody was taken for anonymous';
  const hook = { hook: 'risk.anonymous', userId, milliseconds: store.deadlineMilliseconds, outcome } as const;
  return askOptionalHook<boolean>({ events }, hook, () => anonymous(ip), problemOfAnswer);
}

function problemOfAnswer(answer: unknown): string | undefined {
  return typeof answer === 'boolean' ? undefined : `${kindOfValue(answer)}: expected true or false`;
}
