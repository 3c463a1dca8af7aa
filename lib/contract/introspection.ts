import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /introspect`: RFC 7662 section 2.2, and what the manager's `claims` option adds. */
export const introspection = z
  .union([
    z.strictObject({ active: z.literal(false) }),
    z.looseObject({
      active: z.literal(true),
      token_type: z.enum(['access_token', 'refresh_token']),
      sub: z.string(),
      client_id: z.string(),
      sid: z.uuid(),
      scope: z.exactOptional(z.string()),
      exp: z.int(),
      iat: z.exactOptional(z.int()),
      auth_time: z.int(),
      amr: z.exactOptional(z.array(z.string())),
      /** Who uses the session in the user's place (RFC 8693 section 4.1). */
      act: z.exactOptional(z.strictObject({ sub: z.string() })),
    }),
  ])
  .register(documented, { id: 'Introspection' });
