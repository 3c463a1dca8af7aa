import { z } from 'zod';
import { documented } from './documented';
import { deviceTypes } from '../domain/client';

const count = z.int().nonnegative();

/** The answer of `GET /fleet/counts`. `error` tells by how much the others may be off. */
export const fleetCounts = z
  .strictObject({
    measuredAt: z.iso.datetime(),
    milliseconds: count,
    sessions: count,
    users: count,
    byDeviceType: z.partialRecord(z.enum(deviceTypes), count),
    byCountry: z.record(z.string(), count),
    signIns: z.array(z.strictObject({ hour: z.iso.datetime(), count })),
    error: z.strictObject({ sessions: count, byCountry: count, signIns: z.number().nonnegative() }),
  })
  .register(documented, { id: 'FleetCounts' });
