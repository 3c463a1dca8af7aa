import { z } from 'zod';
import { documented } from './documented';

/** The answer of `GET /users/{userId}/limit`; null: the user has no limit of their own. */
export const userLimit = z
  .strictObject({ limit: z.int().positive().nullable() })
  .register(documented, { id: 'UserLimit' });
