import { z } from 'zod';
import { documented } from './documented';
import { deviceName } from './device-name';

/** The body of `PATCH /:id`: one of both at least. */
export const amendSession = z
  .strictObject({
    name: z.exactOptional(deviceName),
    trusted: z.exactOptional(z.boolean({ error: 'expected true or false' })),
  })
  .refine((body) => Object.keys(body).length > 0, { error: 'expected name, trusted, or both' })
  .register(documented, { id: 'AmendSession' });
