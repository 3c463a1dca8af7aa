import { z } from 'zod';
import { documented } from './documented';
import { session } from './session';

/** The answer of `GET /`. */
export const sessionPage = z
  .strictObject({ data: z.array(session), nextCursor: z.string().nullable() })
  .register(documented, { id: 'SessionPage' });
