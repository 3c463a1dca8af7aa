/** Tells the operator of a bug that callers only see as 500. */
export function warnOfFault(where: string, error: unknown): void {
  const detail = error instanceof Error ? error.stack : undefined;
  process.emitWarning(`${where} failed: ${String(error)}`, {
    type: 'SessionkeeperWarning',
    code: 'SESSIONKEEPER_INTERNAL_ERROR',
    ...(detail !== undefined && { detail }),
  });
}
