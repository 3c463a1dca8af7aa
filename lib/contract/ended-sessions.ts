import { z } from 'zod';
import { documented } from './documented';

/** The answer of `DELETE /`; `durable: false` comes with status 202. */
export const endedSessions = z
  .strictObject({
    ended: z.int().nonnegative(),
    durable: z.exactOptional(z.literal(false)),
  })
  .register(documented, { id: 'EndedSessions' });
