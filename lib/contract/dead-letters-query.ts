import { z } from 'zod';
import { pageQuery } from './page-query';
import { sinkName } from './sink-name';

/** The query of `GET /audit/dead-letters`: how many, and whose. */
export const deadLettersQuery = z.strictObject({
  limit: pageQuery.shape.limit,
  sink: z.exactOptional(sinkName),
});
