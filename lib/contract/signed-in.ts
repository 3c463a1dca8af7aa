import { z } from 'zod';
import { session } from './session';
import { tokens } from './tokens';

/** The answer of a route that signs in with tokens in the body. */
export const signedIn = z.strictObject({ session, tokens });
