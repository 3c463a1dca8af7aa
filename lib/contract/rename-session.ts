import { z } from 'zod';
import { documented } from './documented';
import { deviceName } from './device-name';

/** The body of `PATCH /current`. */
export const renameSession = z.strictObject({ name: deviceName }).register(documented, { id: 'RenameSession' });
