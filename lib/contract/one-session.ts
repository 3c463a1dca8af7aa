import { z } from 'zod';
import { session } from './session';

/** The answer about one session. */
export const oneSession = z.strictObject({ session });
