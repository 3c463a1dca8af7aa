import { z } from 'zod';
import { documented } from './documented';
import { verifierPattern } from '../domain/code-verifier';

/** The body of `POST /token`: RFC 7636 section 4.5. The answer is `renewedSession`. */
export const requestTokenProof = z
  .strictObject({
    requestToken: z.string({ error: 'expected the request token that the sign-in was answered with' }),
    codeVerifier: z.string({ error: 'expected a code verifier' }).regex(verifierPattern, {
      error: 'expected 43 to 128 letters, digits, -, ., _ or ~',
    }),
    applicationId: z.exactOptional(z.string({ error: 'expected the id of an application' })),
  })
  .register(documented, { id: 'RequestTokenProof' });
