import { z } from 'zod';
import { pageQuery } from './page-query';

/** The query of `GET /access-log`: which page, and whose calls. */
export const accessLogQuery = z.strictObject({
  ...pageQuery.shape,
  actor: z.exactOptional(z.string().min(1).max(128)),
});
