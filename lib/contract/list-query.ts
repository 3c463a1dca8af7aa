import { z } from 'zod';
import { pageQuery } from './page-query';

/** The query of `GET /`. */
export const listQuery = z.strictObject({
  ...pageQuery.shape,
  include: z.exactOptional(z.literal('ended', { error: "expected 'ended'" })),
});
