import { z } from 'zod';
import { documented } from './documented';
import { historyEntry } from './history-entry';

/** The answer of `GET /activity`. */
export const activityPage = z
  .strictObject({ data: z.array(historyEntry), nextCursor: z.string().nullable() })
  .register(documented, { id: 'ActivityPage' });
