import { z } from 'zod';
import { documented } from './documented';
import { endedSessions } from './ended-sessions';

/** The answer of `PUT /users/{userId}/limit`: the limit, and how many sessions `trim` ended. */
export const setLimit = z
  .strictObject({ limit: z.int().positive(), ...endedSessions.shape })
  .register(documented, { id: 'LimitSet' });
