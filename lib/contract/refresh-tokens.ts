import { z } from 'zod';
import { documented } from './documented';

/** The body of `POST /refresh`; without `refreshToken` the cookie counts. */
export const refreshTokens = z
  .strictObject({
    refreshToken: z.exactOptional(z.string({ error: 'expected a refresh token' })),
  })
  .register(documented, { id: 'RefreshTokens' });
