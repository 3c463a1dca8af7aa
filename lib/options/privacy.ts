import { optionError, refuseUnknown } from './read-options';

const keptAddresses = ['full', 'truncated', 'none'] as const;
const keptUserAgents = ['full', 'none'] as const;

/** One of `full`, `truncated`, `none`. */
export type AddressPrivacy = (typeof keptAddresses)[number];

/** What of the personal data that every request brings is stored, shown and told. */
export interface PrivacyOptions {
  /**
   * Of addresses: `full`; `truncated` to their network, IPv4 /24 and IPv6 /48, the rest zeroes; or `none`. Whatever is chosen, the place of
   * a sign-in, its risk and the counters of failed logins are worked out from the full address, which then is forgotten. `full` unless
   * given.
   */
  readonly ip?: AddressPrivacy | undefined;
  /** The text of user agents, `full` or `none`. What it says of the device is kept in any case. `full` unless given. */
  readonly userAgent?: (typeof keptUserAgents)[number] | undefined;
}

/** {@link PrivacyOptions}, with nothing left out. */
export interface PrivacySettings {
  readonly ip: AddressPrivacy;
  readonly userAgent: (typeof keptUserAgents)[number];
}

/** @throws SessionError `options_invalid` */
export function readPrivacy(input: unknown): PrivacySettings {
  const { ip, userAgent } = refuseUnknown(input, ['ip', 'userAgent'], 'privacy');
  return Object.freeze({
    ip: readChoice(ip, 'privacy.ip', keptAddresses),
    userAgent: readChoice(userAgent, 'privacy.userAgent', keptUserAgents),
  });
}

/** The first unless another is given. */
function readChoice<Choice extends string>(value: unknown, option: string, choices: readonly Choice[]): Choice {
  if (value === undefined) return choices[0]!;
  const chosen = choices.find((choice) => choice === value);
  if (chosen !== undefined) return chosen;
  throw optionError(option, choices.map((choice) => `'${choice}'`).join(' or '), value);
}
