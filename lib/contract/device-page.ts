import { z } from 'zod';
import { documented } from './documented';
import { session } from './session';

const deviceGroup = z
  .strictObject({
    device: session.shape.device,
    current: z.boolean(),
    lastSeenAt: z.iso.datetime(),
    sessions: z.array(session).min(1),
  })
  .register(documented, { id: 'DeviceGroup', description: 'The sessions on one device.' });

/** The answer of `GET /devices`. */
export const devicePage = z
  .strictObject({ data: z.array(deviceGroup), nextCursor: z.string().nullable() })
  .register(documented, { id: 'DevicePage' });
