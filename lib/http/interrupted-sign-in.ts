import { z } from 'zod';
import type { Transport } from './credentials';

/** What HTTP needs of a sign-in that a limit stopped, to go on with it in another request. */
export interface Interruption {
  readonly transport: Transport;
  /** The browser's id, as its cookie holds it. */
  readonly deviceId: string | undefined;
}

const interruption = z.object({ transport: z.enum(['cookie', 'bearer']), deviceId: z.optional(z.string()) });

export function writeInterruption(carried: Interruption): string {
  return JSON.stringify(carried);
}

/** Of a sign-in that was begun without HTTP nothing was carried: its tokens go to the handler. */
export function readInterruption(carried: string | undefined): Interruption {
  if (carried === undefined) return { transport: 'bearer', deviceId: undefined };
  const { transport, deviceId } = interruption.parse(JSON.parse(carried));
  return { transport, deviceId };
}
