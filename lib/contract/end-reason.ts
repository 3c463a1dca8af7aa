import { z } from 'zod';
import { isEndReason } from '../domain/end-reason';

const expected = "expected a lower-case word such as 'risk' of at most 32 characters";

/** Why sessions are ended; the person is told. */
export const endReason = z.string({ error: expected }).refine(isEndReason, { error: expected });
