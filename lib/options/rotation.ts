import { describeValue } from '../domain/describe-value';
import { type Duration, durationMilliseconds } from '../domain/duration';
import { SessionError } from '../domain/error';
import { refuseUnknown } from './read-options';

/** How refresh tokens are exchanged. */
export interface RotationOptions {
  /** 0 to 60 seconds; `10s`. How long a spent token still gets its successor once that is confirmed; `'0s'`: never. */
  readonly grace?: Duration | undefined;
}

/** {@link RotationOptions}, parsed: milliseconds. */
export interface RotationSettings {
  readonly grace: number;
}

export function readRotation(input: unknown): RotationSettings {
  const options = refuseUnknown(input, ['grace'], 'rotation');
  const grace = options.grace === undefined ? 10_000 : durationMilliseconds(options.grace, 'rotation.grace');
  if (grace > 60_000) {
    throw new SessionError('options_invalid', {
      detail: `rotation.grace: expected at most 60s, got ${describeValue(options.grace)}`,
    });
  }
  return Object.freeze({ grace });
}
