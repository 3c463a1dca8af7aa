import { z } from 'zod';

/** The query of `DELETE /`. */
export const endSessionsQuery = z.strictObject({
  scope: z.enum(['others', 'all'], { error: "expected 'others' or 'all'" }).default('others'),
});
