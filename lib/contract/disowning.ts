import { z } from 'zod';
import { documented } from './documented';
import { place } from './place';
import { device } from './session';

/** The answer of `GET /disown` to whoever asks for JSON. */
export const disowning = z
  .strictObject({
    session: z.strictObject({
      device: z.strictObject({ ...device.shape, name: z.string().nullable() }),
      location: place.omit({ coordinates: true }).nullable(),
      createdAt: z.iso.datetime(),
    }),
    expiresAt: z.iso.datetime(),
  })
  .register(documented, {
    id: 'Disowning',
    description: 'The sign-in that a link is about, and until when it can be used.',
  });
