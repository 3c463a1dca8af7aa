import { invalidField } from '../check';
import type { Context } from '../context';
import type { CreateInput } from '../inputs';
import { draftSession } from '../new-session';
import { checkChallenge } from './code-challenge';
import type { ExchangeTransport, IssueRequestTokenInput } from './inputs';

/** A sign-in that waits for its client, as the store keeps it. */
export interface SignInRequest {
  readonly challenge: string;
  readonly transport: ExchangeTransport;
  readonly signIn: CreateInput<object>;
}

/** Checked as `create` would, so that what is wrong is told to whoever can mend it. @throws SessionError `request_invalid` */
export async function readRequest(
  { settings, devices, time }: Context,
  input: Omit<IssueRequestTokenInput<object>, 'lifetime'>,
): Promise<SignInRequest> {
  const { codeChallenge, transport, ...given } = input;
  const challenge = checkChallenge(codeChallenge);
  draftSession(settings, devices, given);
  // A password change between the two steps must stop the second one.
  const issuedAt = await time.now();
  const startedAt = Math.min(given.startedAt ?? issuedAt, issuedAt);
  const authenticatedAt = given.authenticatedAt ?? issuedAt;
  return { challenge, transport: readTransport(transport), signIn: { ...given, startedAt, authenticatedAt } };
}

/** Which application the token is bound to. */
export function applicationOf({ signIn }: SignInRequest): string {
  return signIn.applicationId ?? 'default';
}

function readTransport(transport: unknown): ExchangeTransport {
  if (transport === undefined) return 'bearer';
  if (transport === 'bearer' || transport === 'cookie') return transport;
  throw invalidField('transport', "'bearer' or 'cookie'", transport);
}
