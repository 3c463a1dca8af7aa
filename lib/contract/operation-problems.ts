import type { ErrorCode } from '../domain/error';
import type { Operation } from './operation';

const always: readonly ErrorCode[] = ['request_invalid', 'store_unavailable', 'internal_error'];
const ofBodies: readonly ErrorCode[] = ['payload_too_large', 'unsupported_media_type'];
const ofSessions: readonly ErrorCode[] = [
  'no_session',
  'token_invalid',
  'token_expired',
  'session_expired',
  'session_revoked',
  'step_up_required',
  'credentials_conflict',
  'hook_failed',
];
const ofUnsafeMethods: readonly ErrorCode[] = ['csrf_refused'];
const ofAdministrators: readonly ErrorCode[] = [
  'secret_invalid',
  'credentials_conflict',
  'insufficient_scope',
  'browser_refused',
  'forbidden_while_impersonating',
  'login_required',
  'step_up_required',
  'too_many_attempts',
  'hook_failed',
];

/** Every code that an operation refuses with: its own, and those that go with who may call it and how. */
export function problemsOf({ method, body, access, problems, never = [] }: Operation): readonly ErrorCode[] {
  const usual = [...always, ...(body ? ofBodies : []), ...problemsOfAccess(access, method !== 'GET')];
  return [...new Set([...usual, ...problems])].filter((code) => !never.includes(code));
}

function problemsOfAccess(access: Operation['access'], isUnsafe: boolean): readonly ErrorCode[] {
  if (access === 'anyone') return [];
  const usual = access === 'session' ? ofSessions : ofAdministrators;
  return isUnsafe ? [...usual, ...ofUnsafeMethods] : usual;
}
