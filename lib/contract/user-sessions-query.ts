import { z } from 'zod';
import { deviceTypes } from '../domain/client';
import { listQuery } from './list-query';

/** The query of `GET /users/{userId}/sessions`: which page, and of which sessions. */
export const userSessionsQuery = z.strictObject({
  ...listQuery.shape,
  applicationId: z.exactOptional(z.string().min(1, { error: 'expected the id of an application' })),
  deviceType: z.exactOptional(z.enum(deviceTypes, { error: `expected one of ${deviceTypes.join(', ')}` })),
  country: z.exactOptional(
    z.string().regex(/^[A-Za-z]{2}$/, { error: "expected two letters (ISO 3166-1), such as 'DE'" }),
  ),
  since: z.exactOptional(
    z.iso.datetime({ offset: true, error: "expected a time such as '2026-01-31T00:00:00Z' (ISO 8601)" }),
  ),
});
