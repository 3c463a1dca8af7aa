import { z } from 'zod';
import { documented } from './documented';

const time = z.iso.datetime();

/** The ending of everybody's sessions: how far it has come. */
export const fleetEnding = z
  .strictObject({
    id: z.string(),
    status: z.enum(['running', 'finished']),
    reason: z.string(),
    actor: z.strictObject({
      type: z.enum(['user', 'admin', 'system', 'impersonator']),
      id: z.exactOptional(z.string()),
    }),
    startedAt: time,
    finishedAt: time.nullable(),
    expected: z.int().nonnegative(),
    endedSessions: z.int().nonnegative(),
    endedUsers: z.int().nonnegative(),
    durable: z.exactOptional(z.literal(false)),
  })
  .register(documented, { id: 'FleetEnding' });
