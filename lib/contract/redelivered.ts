import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /audit/redeliveries`. */
export const redelivered = z
  .strictObject({ count: z.int().nonnegative() })
  .register(documented, { id: 'Redelivered' });
