import { describeThrown } from '../domain/describe-thrown';
import { inertText } from '../domain/inert-text';
import { warnProcess } from '../domain/process-warning';

/** Tells the operator of a bug that callers only see as 500. */
export function warnOfFault(where: string, error: unknown): void {
  const detail = framesOf(error);
  warnProcess(`${where} failed: ${describeThrown(error)}`, {
    code: 'SESSIONKEEPER_INTERNAL_ERROR',
    ...(detail !== undefined && { detail }),
  });
}

/** Where it was thrown. What stands before that in a stack is the message again, with whatever lines it may have. */
function framesOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return undefined;
  const { stack, message } = error;
  const end = stack.indexOf(message) + message.length;
  return stack.slice(end).split('\n').slice(1).map(inertText).join('\n');
}
