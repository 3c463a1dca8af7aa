import { z } from 'zod';
import { documented } from './documented';

/** The body of `POST /disown`, and the query of `GET /disown`. */
export const disownSignIn = z
  .strictObject({ token: z.string({ error: 'expected the token of a link' }) })
  .register(documented, { id: 'DisownSignIn' });
