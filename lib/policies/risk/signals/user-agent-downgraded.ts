import { browserFamily, systemFamily } from '../device-family';
import type { RiskFacts } from '../../../domain/risk-facts';
import type { Finding } from '../finding';
import { short } from '../words';
import { isLowerBrowser, isLowerSystem } from '../version';

/** Browsers and systems are updated, never the other way: an older one is another one with the same name. */
export function userAgentDowngraded({ before, now }: RiskFacts): Finding | undefined {
  if (before === null) return undefined;
  const [was, is] = [before.device, now.device];
  if (isSame(browserFamily(was), browserFamily(is)) && isLowerBrowser(is.browserVersion, was.browserVersion)) {
    return downgraded(is.browser!, was.browserVersion!, is.browserVersion!);
  }
  if (isSame(systemFamily(was), systemFamily(is)) && isLowerSystem(is, was)) {
    return downgraded(is.os!, was.osVersion!, is.osVersion!);
  }
  return undefined;
}

function downgraded(name: string, from: string, to: string): Finding {
  return { strength: 1, because: `${short(name)} ${short(from)} to ${short(to)} within one session` };
}

function isSame(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && a === b;
}
