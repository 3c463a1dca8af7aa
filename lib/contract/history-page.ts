import { z } from 'zod';
import { documented } from './documented';
import { historyEntry } from './history-entry';

const { actor } = historyEntry.shape;

/** An entry of a history as administrators see it: with who it was. */
export const fullHistoryEntry = historyEntry.extend({
  actor: z.strictObject({ ...actor.shape, id: z.exactOptional(z.string()) }),
});

/** A page of such a history. */
export const historyPage = z
  .strictObject({ data: z.array(fullHistoryEntry), nextCursor: z.string().nullable() })
  .register(documented, { id: 'HistoryPage' });
