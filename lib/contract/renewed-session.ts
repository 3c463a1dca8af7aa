import { z } from 'zod';
import { documented } from './documented';
import { session } from './session';
import { tokens } from './tokens';

/** The answer of `POST /refresh`; `tokens` only where the token came in the body. */
export const renewedSession = z
  .strictObject({ session, tokens: z.exactOptional(tokens) })
  .register(documented, { id: 'RenewedSession' });
