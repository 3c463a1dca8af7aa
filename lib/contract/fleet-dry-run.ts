import { z } from 'zod';
import { documented } from './documented';

/** The answer of a dry run of `POST /fleet/endings`: what would end, and what confirms that it shall. */
export const fleetDryRun = z
  .strictObject({
    sessions: z.int().nonnegative(),
    users: z.int().nonnegative(),
    confirmation: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .register(documented, { id: 'FleetDryRun' });
