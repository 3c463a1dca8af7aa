import { isProgram } from '../../../domain/client';
import { browserFamily, mayBeOneDevice, systemFamily } from '../device-family';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { deviceInWords } from '../words';

/** A session does not move to another browser or system: whoever uses it there has copied its token. */
export function userAgentChanged({ before, now }: RiskFacts): Finding | undefined {
  if (before === null) return undefined;
  const [was, is] = [before.device, now.device];
  const isScript = isProgram(is) && !isProgram(was) && was.browser !== null;
  if (!isScript && !differ(browserFamily(was), browserFamily(is)) && !differ(systemFamily(was), systemFamily(is))) {
    return undefined;
  }
  const change = `${deviceInWords(was)} to ${deviceInWords(is)} within one session`;
  return mayBeOneDevice(was, is)
    ? { strength: 0.3, because: `${change} (perhaps the desktop view of a phone or tablet)` }
    : { strength: 1, because: change };
}

function differ(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && a !== b;
}
