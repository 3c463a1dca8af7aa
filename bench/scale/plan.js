/** What is measured, and how often. */
export const full = {
  users: [1_000, 10_000, 100_000, 1_000_000],
  /** Sessions of one user, and how many such users are measured one after the other. */
  crowds: [
    { sessions: 1, users: 60 },
    { sessions: 10, users: 30 },
    { sessions: 100, users: 15 },
    { sessions: 1_000, users: 7 },
    { sessions: 10_000, users: 3 },
  ],
  calls: { verify: 1_000, list: 500, create: 500, refresh: 500, revokeAll: 200 },
  atOnce: 100,
};

/** For function only. @type {typeof full} */
export const brief = {
  users: [100, 1_000],
  crowds: [
    { sessions: 1, users: 3 },
    { sessions: 10, users: 3 },
    { sessions: 100, users: 2 },
  ],
  calls: { verify: 50, list: 50, create: 20, refresh: 20, revokeAll: 20 },
  atOnce: 50,
};
