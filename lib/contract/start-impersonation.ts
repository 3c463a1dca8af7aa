import { z } from 'zod';
import { documented } from './documented';
import { duration } from './duration';

const reason = 'expected why, in words';

/** The body of `POST /impersonations`. */
export const startImpersonation = z
  .strictObject({
    userId: z.string({ error: 'expected the id of a user' }),
    reason: z.string({ error: reason }).min(1, { error: reason }),
    lifetime: z.exactOptional(duration),
    applicationId: z.exactOptional(z.string({ error: 'expected the id of an application' })),
  })
  .register(documented, { id: 'StartImpersonation' });
