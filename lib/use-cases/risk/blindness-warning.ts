import { warnProcess } from '../../domain/process-warning';
import type { ManagerSettings } from '../../options/manager-options';

let isTold = false;

/** Tells the operator, once a process, of two options of which one takes from the other what it goes by. */
export function warnOfBlindness({ risk, privacy }: Pick<ManagerSettings, 'risk' | 'privacy'>): void {
  if (isTold || !risk?.onUse || privacy.ip !== 'none') return;
  isTold = true;
  warnProcess(
    "With `privacy.ip: 'none'` a session knows its callers by their user agent alone: `risk.onUse` judges nobody who uses it from another " +
      "address with the same one. Keep a network (`privacy.ip: 'truncated'`), or set `risk.onUse: false` to say that this is meant.",
    { code: 'SESSIONKEEPER_RISK_WITHOUT_ADDRESS' },
  );
}
