import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /one-time-tokens`: the only time that the token is shown. */
export const oneTimeToken = z
  .strictObject({ token: z.string(), expiresAt: z.iso.datetime() })
  .register(documented, { id: 'OneTimeToken' });
