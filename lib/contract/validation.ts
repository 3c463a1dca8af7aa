import { z } from 'zod';

/** The answer of `POST /validate`. */
export const validation = z.strictObject({ active: z.literal(true), expiresAt: z.iso.datetime() });
