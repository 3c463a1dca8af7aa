import { describeThrown } from '../domain/describe-thrown';
import { warnProcess } from '../domain/process-warning';
import type { HookName } from '../events/catalogue';

const told = new Set<HookName>();

/** Tells the operator, once a process for each function, what came of its failure. Each time is for listeners to `hook.failed`. */
export function warnOfHook(
  hook: HookName,
  error: unknown,
  outcome = 'so the call was refused (hook_failed)',
): void {
  if (told.has(hook)) return;
  told.add(hook);
  warnProcess(`${hook} failed, ${outcome}: ${describeThrown(error)}`, { code: 'SESSIONKEEPER_HOOK_FAILED' });
}
