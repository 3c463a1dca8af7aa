import assert from 'node:assert/strict';

/** Fails unless the outcome has this status; after it, the compiler knows the outcome's other members. */
export function assertStatus<Outcome extends { readonly status: string }, Status extends Outcome['status']>(
  outcome: Outcome,
  status: Status,
): asserts outcome is Extract<Outcome, { readonly status: Status }> {
  assert.equal(outcome.status, status);
}

/** The value, where the test knows that there is one. */
export function present<Value>(value: Value | null | undefined): Value {
  assert.ok(value !== null && value !== undefined);
  return value;
}

/** By its code and not its class: a store may bring its own copy of this package. */
export async function assertUnavailable(write: Promise<unknown>): Promise<void> {
  await assert.rejects(write, { code: 'store_unavailable' });
}
