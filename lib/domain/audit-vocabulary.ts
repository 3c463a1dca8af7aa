import type { AuditEvent, AuditOutcome } from './audit-entry';

/** What an event is called in OWASP's Logging Vocabulary, and how it came out. */
export interface AuditWords {
  /** A name of the vocabulary, or, where it has none, one in its style. */
  readonly vocabulary: string;
  /** Whether the vocabulary has that name. */
  readonly isStandard: boolean;
  /** `failure`: somebody was refused, or was not who they said. */
  readonly outcome: AuditOutcome;
}

const [success, failure] = ['success', 'failure'] as const;

/** OWASP's name, as of its cheat sheet. */
function standard(vocabulary: string, outcome: AuditOutcome): AuditWords {
  return Object.freeze({ vocabulary, isStandard: true, outcome });
}

/** A name in its style. */
function own(vocabulary: string, outcome: AuditOutcome): AuditWords {
  return Object.freeze({ vocabulary, isStandard: false, outcome });
}

/** By event. `docs/audit.md` lists them. */
export const auditVocabulary: Readonly<Record<AuditEvent, AuditWords>> = Object.freeze({
  session_created: standard('session_created', success),
  session_revoked: standard('session_expired', success),
  sessions_revoked: standard('session_expired', success),
  session_updated: own('session_updated', success),
  session_reissued: standard('authn_token_created', success),
  token_repeated: own('authn_token_repeated', success),
  token_reused: standard('authn_token_reuse', failure),
  token_revoked: standard('authn_token_revoked', success),
  store_rolled_back: own('session_rolled_back', failure),
  session_evicted: own('excess_sessions_exceeded', success),
  session_limit_reached: own('excess_sessions_exceeded', failure),
  session_limit_changed: standard('user_updated', success),
  account_locked: standard('authn_login_lock', failure),
  account_unlocked: own('authn_login_unlock', success),
  impersonation_started: standard('authz_admin', success),
  one_time_token_issued: standard('authn_token_created', success),
  one_time_token_redeemed: own('authn_token_redeemed', success),
  one_time_token_refused: own('authn_token_refused', failure),
  sign_in_refused: standard('authn_login_fail', failure),
  step_up_required: own('authn_step_up_required', failure),
  step_up_confirmed: standard('authn_login_success', success),
  risk_noticed: own('authn_risk_noticed', success),
  sign_in_disowned: own('authn_login_disowned', success),
  link_issued: standard('authn_token_created', success),
  user_erased: standard('user_deleted', success),
});

/** Events of the history of an account, whose subject is the account's name and no user. */
const ofAccounts: readonly AuditEvent[] = ['account_locked', 'account_unlocked'];

export function isOfAccount(event: AuditEvent): boolean {
  return ofAccounts.includes(event);
}
