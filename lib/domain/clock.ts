/** Milliseconds since the epoch. Passed in, so that no test waits for time to pass. */
export type Clock = () => number;
