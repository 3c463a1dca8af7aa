import { z } from 'zod';

const time = z.iso.datetime();

/** The credentials of a session, given to a bearer client. */
export const tokens = z.strictObject({
  accessToken: z.string(),
  refreshToken: z.exactOptional(z.string()),
  accessExpiresAt: time,
  refreshExpiresAt: z.exactOptional(time),
});
