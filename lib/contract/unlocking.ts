import { z } from 'zod';

/** The answer of `DELETE /accounts/{account}/lock`. */
export const unlocking = z.strictObject({ status: z.enum(['unlocked', 'not-locked']) });
