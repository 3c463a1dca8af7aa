import { z } from 'zod';
import { type ErrorCode, errorCodes } from '../domain/error';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** Every refusal: RFC 9457, `application/problem+json`. */
export const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(codes),
  detail: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  field: z.exactOptional(z.string()),
});
