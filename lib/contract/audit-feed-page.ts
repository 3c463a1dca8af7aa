import { z } from 'zod';
import { documented } from './documented';
import { fullHistoryEntry } from './history-page';

/** A page of the feed: there is always a next one. */
export const auditFeedPage = z
  .strictObject({ data: z.array(fullHistoryEntry), nextCursor: z.string() })
  .register(documented, { id: 'AuditFeedPage' });
