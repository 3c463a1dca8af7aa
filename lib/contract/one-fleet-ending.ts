import { z } from 'zod';
import { documented } from './documented';
import { fleetEnding } from './fleet-ending';

/** The answer about one ending of everybody's sessions. */
export const oneFleetEnding = z
  .strictObject({ ending: fleetEnding })
  .register(documented, { id: 'OneFleetEnding' });
