/** How much is measured; what each figure means stands where it is measured. */
export const full = {
  checks: { rounds: 25, requests: 5_000, warmUp: 20_000, sessions: 1_000, connections: 64 },
  writes: { rounds: 9, amount: 3_000, atOnce: 32 },
  delay: { revocations: 500 },
  parallel: { tokens: 50 },
  memory: { users: 50_000 },
};

/** @type {typeof full} */
export const brief = {
  checks: { rounds: 2, requests: 200, warmUp: 100, sessions: 50, connections: 10 },
  writes: { rounds: 1, amount: 100, atOnce: 10 },
  delay: { revocations: 10 },
  parallel: { tokens: 2 },
  memory: { users: 1_000 },
};
