import { z } from 'zod';
import { documented } from './documented';

/** The answer of `POST /disown`; `durable: false` comes with status 202. */
export const disownedSignIns = z
  .strictObject({
    /** How many sessions ended. */
    ended: z.int().nonnegative(),
    /** How many others must confirm their login. */
    stepUps: z.int().nonnegative(),
    durable: z.exactOptional(z.literal(false)),
  })
  .register(documented, {
    id: 'DisownedSignIns',
    description: 'How many sessions ended, and how many others open nothing until their login is confirmed.',
  });
