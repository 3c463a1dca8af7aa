import { z } from 'zod';
import { documented } from './documented';

/** The answer of `GET /access-log`. */
export const accessLogPage = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id: z.string(),
        at: z.iso.datetime(),
        actor: z.string().nullable(),
        operation: z.string().nullable(),
        status: z.int(),
        code: z.string().nullable(),
        userId: z.string().nullable(),
        sessionId: z.uuid().nullable(),
        ip: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .register(documented, { id: 'AccessLogPage' });
