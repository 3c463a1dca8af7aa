import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /validate`. */
export const validation = z
  .strictObject({ active: z.literal(true), expiresAt: z.iso.datetime() })
  .register(documented, { id: 'Validation' });
