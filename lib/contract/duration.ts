import { z } from 'zod';
import { durationMilliseconds } from '../domain/duration';

const expected = "expected a duration such as '15m'";

/** A length of time with its unit; how long it may be, its receiver says. */
export const duration = z
  .templateLiteral([z.number(), z.enum(['ms', 's', 'm', 'h', 'd'])], { error: expected })
  .refine(isDuration, { error: expected });

function isDuration(text: string): boolean {
  try {
    durationMilliseconds(text, 'duration');
    return true;
  } catch {
    return false;
  }
}
