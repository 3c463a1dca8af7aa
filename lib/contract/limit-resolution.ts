import { z } from 'zod';
import { documented } from './documented';

/** The body of `POST /limit-resolutions`; the answer is `renewedSession`, or the problem again. */
export const limitResolution = z
  .strictObject({
    resolutionToken: z.string({ error: 'expected the resolutionToken of session_limit_reached' }),
    endSessionId: z.string({ error: 'expected the id of a session to end' }),
  })
  .register(documented, { id: 'LimitResolution' });
