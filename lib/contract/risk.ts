import { z } from 'zod';
import { riskLevels } from '../domain/risk';
import { documented } from './documented';

/** What a judgement of a session found, and why. */
export const risk = z
  .strictObject({
    score: z.number().min(0).max(100),
    level: z.enum(riskLevels),
    signals: z.array(z.strictObject({ code: z.string(), weight: z.number().min(0).max(100), because: z.string() })),
  })
  .register(documented, {
    id: 'Risk',
    description: 'How far a session is from what its user usually does, and what speaks for that.',
  });
