import { warnProcess } from '../domain/process-warning';

const given = new Set<string>();

/** One process warning a code, however often its cause comes up. */
export function warnOnce(code: string, message: string): void {
  if (given.has(code)) return;
  given.add(code);
  warnProcess(message, { code });
}
