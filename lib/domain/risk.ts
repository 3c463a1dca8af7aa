/** How far a use is from what its user usually does, from harmless to alarming. */
export const riskLevels = ['none', 'low', 'medium', 'high'] as const;

/** One of `none`, `low`, `medium`, `high`. */
export type RiskLevel = (typeof riskLevels)[number];

/** What this library itself notices. */
export const riskSignalCodes = [
  'new_device',
  'new_country',
  'new_network',
  'impossible_travel',
  'user_agent_changed',
  'user_agent_downgraded',
  'token_reuse',
  'grace_replay',
  'failures_before_success',
  'concurrent_places',
  'dormant_account',
  'anonymous_address',
] as const;

/** The code of a signal that this library itself gives; apps add their own. */
export type RiskSignalCode = (typeof riskSignalCodes)[number];

/** One thing that was noticed. */
export interface RiskSignal {
  /** One of {@link RiskSignalCode}, or a word of the app's own (`[a-z][a-z0-9_]*`, at most 32 characters). */
  readonly code: RiskSignalCode | (string & {});
  /** What it adds to the score: 0 to 100. */
  readonly weight: number;
  /** In words, for a person: what was compared with what. Never a token; no address either. */
  readonly because: string;
}

/** What a sign-in, a renewal or a use is worth, and why. */
export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  readonly level: RiskLevel;
  /** Those that weigh most first. */
  readonly signals: readonly RiskSignal[];
}

/** What can be done about a level, the gravest last. */
export const riskActions = ['allow', 'notify', 'step-up', 'revoke'] as const;

/** What is done about a level. */
export type RiskAction = (typeof riskActions)[number];

/** What was judged: a sign-in, an exchange of a refresh token, or another use of the session. */
export type RiskOccasion = 'sign-in' | 'renewal' | 'use';
