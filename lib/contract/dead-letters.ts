import { z } from 'zod';
import { documented } from './documented';
import { fullHistoryEntry } from './history-page';

/** The answer of `GET /audit/dead-letters`. */
export const deadLetters = z
  .strictObject({
    data: z.array(
      z.strictObject({
        sink: z.string(),
        entry: fullHistoryEntry,
        diedAt: z.iso.datetime(),
        because: z.string(),
      }),
    ),
  })
  .register(documented, { id: 'DeadLetters' });
