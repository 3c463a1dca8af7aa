import { z } from 'zod';
import { documented } from './documented';

const time = z.iso.datetime();

/** The credentials of a session, given to a bearer client. */
export const tokens = z
  .strictObject({
    accessToken: z.string(),
    refreshToken: z.exactOptional(z.string()),
    accessExpiresAt: time,
    refreshExpiresAt: z.exactOptional(time),
  })
  .register(documented, { id: 'Tokens', description: 'The credentials of a session, given out once.' });
