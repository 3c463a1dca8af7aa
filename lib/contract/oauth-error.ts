import { z } from 'zod';
import { documented } from './documented';

/** How the endpoints of RFC 7662 and RFC 7009 refuse (RFC 6749 section 5.2; `insufficient_scope` is of RFC 6750 section 3.1). */
export const oauthError = z
  .strictObject({
    error: z.enum([
      'invalid_request',
      'invalid_client',
      'insufficient_scope',
      'access_denied',
      'temporarily_unavailable',
      'server_error',
    ]),
    error_description: z.string(),
  })
  .register(documented, { id: 'OAuthError' });
