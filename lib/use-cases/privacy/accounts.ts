import type { UserKey } from '../../domain/session-id';
import type { CounterId } from '../../domain/slotted-id';
import { invalidField } from '../check';
import { type AccountCounters, subjectOf } from '../lockout/subject';

const mostAccounts = 100;

/** From where and with what a user has signed in, as far as it is kept: it names counters that nothing else leads to. */
export interface Origin {
  readonly ip: string | null;
  readonly deviceId: string | null;
}

/** An account of the lockout and every counter of it that can be named. */
export interface CountedAccount {
  readonly user: UserKey;
  readonly counters: readonly CounterId[];
}

/** What a user signs in with, each once, as accounts are counted. @throws SessionError `request_invalid` */
export function readAccounts(accounts: unknown = []): readonly string[] {
  if (!Array.isArray(accounts) || accounts.length > mostAccounts) {
    throw invalidField('accounts', `an array of at most ${mostAccounts} names to sign in with`, accounts);
  }
  return [...new Set(accounts.map((account) => countersOf(account, undefined).name))];
}

export function countedAccount(account: string, origins: readonly Origin[]): CountedAccount {
  const { user, strangers, knownDevices, abandoned } = countersOf(account, undefined);
  const counters = new Set([strangers, knownDevices, abandoned]);
  for (const origin of origins) {
    const { pair, device } = countersOf(account, origin);
    for (const id of [pair, device]) if (id !== null) counters.add(id);
  }
  return { user, counters: [...counters] };
}

function countersOf(account: unknown, origin: Origin | undefined): AccountCounters {
  const client = { ip: origin?.ip ?? undefined, deviceId: origin?.deviceId ?? undefined };
  const { account: counters } = subjectOf(account, client);
  if (!counters) throw invalidField('accounts', 'names to sign in with', account);
  return counters;
}
