import { z } from 'zod';
import { documented } from './documented';
import { session } from './session';
import { tokens } from './tokens';

/** The answer of a route that signs in with tokens in the body. */
export const signedIn = z.strictObject({ session, tokens }).register(documented, { id: 'SignedIn' });
