import { z } from 'zod';
import { documented } from './documented';

/** The answer with status 202 of a route that ends one session: replicas did not confirm the write in time. */
export const unconfirmedEnd = z.strictObject({ durable: z.literal(false) }).register(documented, {
  id: 'UnconfirmedEnd',
  description: 'Replicas did not confirm the end in time: a failover could undo it.',
});
