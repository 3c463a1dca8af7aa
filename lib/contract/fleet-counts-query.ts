import { z } from 'zod';
import { duration } from './duration';

/** The query of `GET /fleet/counts`. */
export const fleetCountsQuery = z.strictObject({ maxAge: z.exactOptional(duration) });
