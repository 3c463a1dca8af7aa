import { z } from 'zod';

/** The answer with status 202 of a route that ends one session: replicas did not confirm the write in time. */
export const unconfirmedEnd = z.strictObject({ durable: z.literal(false) });
