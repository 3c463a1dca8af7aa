import { z } from 'zod';
import { documented } from './documented';
import { auditEvents } from '../domain/audit-entry';

/** The answer of `GET /activity`. */
export const activityPage = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id: z.string(),
        at: z.iso.datetime(),
        event: z.enum(auditEvents),
        actor: z.strictObject({ type: z.enum(['user', 'admin', 'system', 'impersonator']) }),
        sessionId: z.uuid().nullable(),
        reason: z.string().nullable(),
        count: z.int().nullable(),
        ip: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .register(documented, { id: 'ActivityPage' });
