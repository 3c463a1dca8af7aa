import { z } from 'zod';
import { documented } from './documented';

/** The answer of `DELETE /accounts/{account}/lock`. */
export const unlocking = z
  .strictObject({ status: z.enum(['unlocked', 'not-locked']) })
  .register(documented, { id: 'Unlocking' });
