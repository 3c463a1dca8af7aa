import { z } from 'zod';
import { documented } from './documented';

const text = z.string().nullable();

/** A coarse place. */
export const place = z
  .strictObject({
    city: text,
    region: text,
    country: text,
    coordinates: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        radius: z.number().min(0),
      })
      .nullable(),
  })
  .register(documented, {
    id: 'Place',
    description:
      'A coarse place: `country` as ISO 3166-1 alpha-2, `coordinates` in degrees rounded to a hundredth, with the kilometres around them ' +
      'within which it may lie.',
  });
