import { z } from 'zod';
import { documented } from './documented';

const expected = 'expected a whole number from 1 to 1,000,000';

/** The body of `PUT /users/{userId}/limit`. */
export const setUserLimit = z
  .strictObject({
    limit: z.int({ error: expected }).min(1, { error: expected }).max(1_000_000, { error: expected }),
    trim: z.exactOptional(z.boolean({ error: 'expected true or false' })),
  })
  .register(documented, { id: 'SetUserLimit' });
