import { z } from 'zod';
import { endReason } from './end-reason';

/** The query of a route by which an administrator ends a session. */
export const endReasonQuery = z.strictObject({ reason: z.exactOptional(endReason) });
