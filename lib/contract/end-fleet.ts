import { z } from 'zod';
import { documented } from './documented';
import { endReason } from './end-reason';

/** The body of `POST /fleet/endings`: of a dry run, or of what it confirms. */
export const endFleet = z
  .strictObject({
    dryRun: z.exactOptional(z.literal(true, { error: 'expected true, or nothing' })),
    reason: z.exactOptional(endReason),
    confirmation: z.exactOptional(z.string({ error: 'expected the confirmation of a dry run' })),
  })
  .refine(({ dryRun, confirmation }) => (dryRun === undefined) !== (confirmation === undefined), {
    error: 'expected dryRun: true, or the confirmation that a dry run gave',
  })
  .refine(({ reason, confirmation }) => reason === undefined || confirmation === undefined, {
    path: ['reason'],
    error: 'expected with the dry run only',
  })
  .register(documented, { id: 'EndFleet' });
