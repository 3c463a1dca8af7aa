/** Half of it to all of it: not all processes come at the same instant. */
export function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
