/**
 * Every `status` that a method of the manager or of its namespaces answers with. A closed list, which a test compares with the types of
 * the methods: an outcome becomes a label, and labels must be few and never anybody's data.
 */
export const outcomeStatuses: ReadonlySet<string> = new Set([
  'active',
  'blocked',
  'counted',
  'created',
  'delayed',
  'disowned',
  'down',
  'ended',
  'erased',
  'expired',
  'finished',
  'forbidden',
  'held',
  'invalid',
  'issued',
  'limit-reached',
  'not-found',
  'not-locked',
  'open',
  'prepared',
  'redeemed',
  'refused',
  'reissued',
  'repeated',
  'reused',
  'revoked',
  'rolled-back',
  'rotated',
  'running',
  'sign-in-refused',
  'spent',
  'stale-sign-in',
  'started',
  'step-up-required',
  'suspended',
  'under-way',
  'unlocked',
  'up',
  'updated',
  'valid',
]);

/** What an operation came to, in a word: its `status`, or what stands for one where it has none. */
export function outcomeOf(answer: unknown): string {
  if (answer === undefined) return 'none';
  if (typeof answer !== 'object' || answer === null) return 'done';
  const { status, active } = answer as { readonly status?: unknown; readonly active?: unknown };
  // Introspection: beside this it holds claims of the app's own, and one of them may be called status.
  if (typeof active === 'boolean') return active ? 'active' : 'inactive';
  if (typeof status !== 'string') return 'done';
  return outcomeStatuses.has(status) ? status : 'other';
}
