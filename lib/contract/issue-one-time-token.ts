import { z } from 'zod';
import { documented } from './documented';
import { duration } from './duration';

/** The body of `POST /one-time-tokens`. */
export const issueOneTimeToken = z
  .strictObject({
    purpose: z.string({ error: 'expected what the token is for' }),
    lifetime: duration,
    userId: z.exactOptional(z.string({ error: 'expected the id of a user' })),
    data: z.exactOptional(z.record(z.string(), z.unknown(), { error: 'expected a JSON object' })),
    maxUses: z.exactOptional(z.int({ error: 'expected a whole number' })),
  })
  .register(documented, { id: 'IssueOneTimeToken' });
