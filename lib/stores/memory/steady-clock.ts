/**
 * The machine's time as it was when the process started, and what has passed since: it goes on where somebody sets the
 * machine's clock back, or an epoch would lie in the future and refuse every sign-in until the clock has caught up.
 */
export function steadyNow(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}
