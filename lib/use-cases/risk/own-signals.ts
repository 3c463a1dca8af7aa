import { cleanText } from '../../device/client-text';
import { kindOfValue } from '../../domain/kind-of-value';
import type { RiskSignal } from '../../domain/risk';
import type { RiskFacts } from '../../domain/risk-facts';
import type { DetectedRisk, RiskSettings } from '../../options/risk';
import { isWeight } from '../../options/risk-detectors';
import type { Context } from '../context';
import { askOptionalHook, type Unanswered, unanswered } from '../hooks';

const longestSentence = 160;

interface OwnSignals {
  readonly signals: readonly RiskSignal[];
  /** Some could not say whether they are. */
  readonly failed: boolean;
}

/** Asks the app's own signals, all at once; one that fails or hangs is left out. */
export async function ownSignals(
  context: Pick<Context, 'events' | 'store'>,
  detectors: RiskSettings['signals'],
  facts: RiskFacts,
): Promise<OwnSignals> {
  const found = await Promise.all(detectors.map((detector) => ask(context, detector, facts)));
  const told = found.filter((answer) => answer !== unanswered);
  return { signals: told.flat(), failed: told.length < found.length };
}

async function ask(
  { events, store }: Pick<Context, 'events' | 'store'>,
  detector: RiskSettings['signals'][number],
  facts: RiskFacts,
): Promise<RiskSignal[] | Unanswered> {
  const { userId } = facts;
  const { code } = detector;
  const outcome = 'so the signal was left out';
  const milliseconds = store.deadlineMilliseconds;
  const hook = { hook: 'risk.signals', userId, signal: code, milliseconds, outcome } as const;
  const found = await askOptionalHook<DetectedRisk>(
    { events },
    hook,
    () => detector.detect(facts),
    problemOfFinding,
  );
  if (found === unanswered) return unanswered;
  if (!found) return [];
  const weight = found.weight ?? detector.weight;
  return weight === 0 ? [] : [{ code, weight, because: cleanText(found.because, longestSentence) }];
}

function problemOfFinding(answer: unknown): string | undefined {
  if (answer === null || answer === undefined) return undefined;
  const { because, weight } = answer as Partial<Record<'because' | 'weight', unknown>>;
  if (typeof because !== 'string') return `${kindOfValue(answer)}: expected { because, weight? } or null`;
  return weight === undefined || isWeight(weight)
    ? undefined
    : `${kindOfValue(weight)} as a weight: expected 0 to 100`;
}
