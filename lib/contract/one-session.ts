import { z } from 'zod';
import { documented } from './documented';
import { session } from './session';

/** The answer about one session. */
export const oneSession = z.strictObject({ session }).register(documented, { id: 'OneSession' });
