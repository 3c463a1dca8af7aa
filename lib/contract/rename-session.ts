import { z } from 'zod';
import { deviceName } from './device-name';

/** The body of `PATCH /current`. */
export const renameSession = z.strictObject({ name: deviceName });
