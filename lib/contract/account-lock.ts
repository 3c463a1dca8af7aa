import { z } from 'zod';
import { documented } from './documented';

/** The answer of `GET /accounts/{account}/lock`. */
export const accountLock = z
  .strictObject({
    account: z.string(),
    status: z.enum(['open', 'delayed', 'suspended', 'blocked']),
    failures: z.int().nonnegative(),
    until: z.iso.datetime().nullable(),
  })
  .register(documented, { id: 'AccountLock' });
