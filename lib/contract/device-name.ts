import { z } from 'zod';
import { documented } from './documented';

const expected = 'expected a text of 1 to 64 characters, or null';

/** A name that a person gives a device; null removes it. */
export const deviceName = z
  .string({ error: expected })
  .min(1, { error: expected })
  .max(64, { error: expected })
  .nullable()
  .register(documented, { id: 'DeviceName', description: 'A name that a person gives a device; null removes it.' });
