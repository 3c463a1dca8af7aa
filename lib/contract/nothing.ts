import { z } from 'zod';

/** The body, or the query, of a request that has none. */
export const nothing = z.strictObject({});
