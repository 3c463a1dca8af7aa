import type { ActorOption } from '../inputs';

/** Which accounts of the lockout are a user's: the library knows failed logins by what was typed, and nobody's id. */
export interface AccountsOption {
  /** What the user signs in with (emails, phone numbers), as `loginGuard`'s `account` names it; at most 100. */
  readonly accounts?: readonly string[] | undefined;
}

/** How a user is erased. */
export interface EraseUserOptions extends ActorOption, AccountsOption {}
