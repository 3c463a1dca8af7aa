import { riskSignalCodes } from '../domain/risk';
import type { RiskFacts } from '../domain/risk-facts';
import { optionError, refuseUnknown } from './read-options';
import type { ReadDetector, RiskDetector } from './risk';

const mostDetectors = 16;
const usualWeight = 20;
const pattern = /^[a-z][a-z0-9_]{0,31}$/;

/** The signals of an app's own, checked. */
export function readDetectors(input: unknown): readonly ReadDetector[] {
  if (input === undefined) return Object.freeze([]);
  if (!Array.isArray(input) || input.length > mostDetectors) {
    throw optionError('risk.signals', `an array of at most ${mostDetectors} signals`, input);
  }
  const detectors = input.map((one: unknown, index) => readDetector(one, `risk.signals[${index}]`));
  const codes = detectors.map(({ code }) => code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  if (twice !== undefined) throw optionError('risk.signals', 'each code once', twice);
  return Object.freeze(detectors);
}

function readDetector(input: unknown, where: string): ReadDetector {
  if (input === undefined) throw optionError(where, 'an object with a code and a detect function', input);
  const { code, weight = usualWeight, detect } = refuseUnknown(input, ['code', 'weight', 'detect'], where);
  if (typeof code !== 'string' || !pattern.test(code) || (riskSignalCodes as readonly string[]).includes(code)) {
    throw optionError(`${where}.code`, "a lower-case word of the app's own, at most 32 characters", code);
  }
  if (!isWeight(weight)) throw optionError(`${where}.weight`, 'a whole number from 0 to 100', weight);
  if (typeof detect !== 'function') throw optionError(`${where}.detect`, 'a function', detect);
  // As a method: one that keeps something beside it finds that there.
  const detector = input as RiskDetector;
  return Object.freeze({ code, weight, detect: (facts: RiskFacts) => detector.detect(facts) });
}

/** What a signal may add to a score. */
export function isWeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100;
}
