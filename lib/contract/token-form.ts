import { z } from 'zod';
import { documented } from './documented';

/** The form of `POST /introspect` (RFC 7662 section 2.1) and of `POST /revoke` (RFC 7009 section 2.1). */
export const tokenForm = z
  .strictObject({
    token: z.string({ error: 'expected the token' }).min(1, { error: 'expected the token' }),
    /** Only a hint: what the token is shows in the token. One that is not known changes nothing. */
    token_type_hint: z.exactOptional(z.string()),
  })
  .register(documented, { id: 'TokenForm' });
