import { z } from 'zod';
import { endReasonQuery } from './end-reason-query';

/** The query of `DELETE /users/{userId}/sessions`. */
export const endUserSessionsQuery = z.strictObject({
  ...endReasonQuery.shape,
  except: z.exactOptional(z.uuid({ error: 'expected the id of a session to keep' })),
});
