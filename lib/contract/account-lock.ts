import { z } from 'zod';

/** The answer of `GET /accounts/{account}/lock`. */
export const accountLock = z.strictObject({
  account: z.string(),
  status: z.enum(['open', 'delayed', 'suspended', 'blocked']),
  failures: z.int().nonnegative(),
  until: z.iso.datetime().nullable(),
});
