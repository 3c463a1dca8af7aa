import { z } from 'zod';

const size = 'expected a whole number from 1 to 100';
const position = 'expected the nextCursor of an earlier page';

/** The query of `GET /activity`: which page. */
export const pageQuery = z.strictObject({
  limit: z.exactOptional(
    z.coerce.number({ error: size }).int({ error: size }).min(1, { error: size }).max(100, { error: size }),
  ),
  cursor: z.exactOptional(z.string({ error: position }).regex(/^[\w-]{1,512}$/, { error: position })),
});
