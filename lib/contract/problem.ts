import { z } from 'zod';
import { documented } from './documented';
import { device, session } from './session';
import { type ErrorCode, errorCodes } from '../domain/error';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** Every refusal: RFC 9457, `application/problem+json`. */
export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(codes),
    detail: z.exactOptional(z.string()),
    reason: z.exactOptional(z.string()),
    field: z.exactOptional(z.string()),
    /** On `session_revoked`: the device of the sign-in that took this session's place. */
    replacedBy: z.exactOptional(device),
    /** The rest on `session_limit_reached`: the limit, what it counts, the sessions that it counts, and how to go on. */
    limit: z.exactOptional(z.int().positive()),
    per: z.exactOptional(z.enum(['user', 'application', 'device-type'])),
    sessions: z.exactOptional(z.array(session)),
    resolutionToken: z.exactOptional(z.string()),
    resolutionExpiresAt: z.exactOptional(z.iso.datetime()),
    /** On `fleet_ending_under_way`: the id of that ending. */
    ending: z.exactOptional(z.string()),
  })
  .register(documented, { id: 'Problem', description: 'A refusal: RFC 9457.' });
