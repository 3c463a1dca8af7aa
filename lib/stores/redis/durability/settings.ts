import { type Duration, durationMilliseconds, formatDuration } from '../../../domain/duration';
import { optionError, refuseUnknown } from '../../../options/read-options';

/** How long, and for how many replicas, a security write waits before its outcome says whether it is durable. */
export interface DurabilityOptions {
  /** How many replicas must have a write: a whole number from 1 to 100, at most as many as each master has. */
  readonly replicas: number;
  /** How long they are waited for; at most the store's `deadline`. */
  readonly timeout: Duration;
}

export interface DurabilitySettings {
  readonly replicas: number;
  readonly timeoutMilliseconds: number;
}

const name = 'RedisStore.durability';
const mostReplicas = 100;

/** @throws SessionError `options_invalid` */
export function readDurability(value: unknown, deadlineMilliseconds: number): DurabilitySettings | undefined {
  if (value === undefined) return undefined;
  const { replicas, timeout } = refuseUnknown(value, ['replicas', 'timeout'], name);
  if (typeof replicas !== 'number' || !Number.isInteger(replicas) || replicas < 1 || replicas > mostReplicas) {
    throw optionError(`${name}.replicas`, `a whole number from 1 to ${mostReplicas}`, replicas);
  }
  const timeoutMilliseconds = durationMilliseconds(timeout, `${name}.timeout`);
  // 0 would be for ever: WAIT takes it so.
  if (timeoutMilliseconds < 1 || timeoutMilliseconds > deadlineMilliseconds) {
    const longest = `the store's deadline (${formatDuration(deadlineMilliseconds)})`;
    throw optionError(`${name}.timeout`, `1ms to ${longest}`, timeout);
  }
  return Object.freeze({ replicas, timeoutMilliseconds });
}
