import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /revoke` where a failover could still lose it; otherwise its body is empty. */
export const unconfirmedRevocation = z
  .strictObject({ durable: z.literal(false) })
  .register(documented, { id: 'UnconfirmedRevocation' });
