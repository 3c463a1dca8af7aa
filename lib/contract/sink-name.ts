import { z } from 'zod';

/** The name of a sink of the audit. */
export const sinkName = z
  .string({ error: 'expected the name of a sink' })
  .regex(/^[\w-]{1,64}$/, { error: 'expected the name of a sink' });
