import { inertText } from './inert-text';

/**
 * Warns the operator, on stderr unless the app listens to `warning`. One line, whatever is in it: errors of hooks and of servers quote
 * what people have sent (A66).
 */
export function warnProcess(
  text: string,
  { code, detail }: { readonly code?: string; readonly detail?: string } = {},
): void {
  process.emitWarning(inertText(text), {
    type: 'SessionkeeperWarning',
    ...(code !== undefined && { code }),
    ...(detail !== undefined && { detail }),
  });
}
