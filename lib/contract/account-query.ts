import { z } from 'zod';

/** The query of calls about a person: with what they sign in, where failed logins are meant too. */
export const accountQuery = z.strictObject({ account: z.exactOptional(z.string().min(1).max(512)) });
