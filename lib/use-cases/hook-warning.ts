import { describeThrown } from '../events/describe-thrown';
import type { HookName } from '../events/catalogue';

const told = new Set<HookName>();

/** Tells the operator, once a process for each function, of what callers see as 503. Each time is for listeners to `hook.failed`. */
export function warnOfHook(hook: HookName, error: unknown): void {
  if (told.has(hook)) return;
  told.add(hook);
  process.emitWarning(`${hook} failed, so the call was refused (hook_failed): ${describeThrown(error)}`, {
    type: 'SessionkeeperWarning',
    code: 'SESSIONKEEPER_HOOK_FAILED',
  });
}
