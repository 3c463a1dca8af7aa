export interface FakeClock {
  now(): number;
  advance(milliseconds: number): void;
  /** In the shape of the manager's `clock` option. */
  clock: () => number;
}

const EPOCH = Date.UTC(2026, 0, 1);

/** Time that moves only when a test moves it. */
export function fakeClock(start: number = EPOCH): FakeClock {
  let time = start;
  const now = (): number => time;
  return {
    now,
    clock: now,
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}
