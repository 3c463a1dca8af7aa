import { defaultRiskScale } from '../../lib/domain/risk-scale';
import { readManagerOptions } from '../../lib/options/manager-options';
import { readRisk } from '../../lib/options/risk';
import { refusalOf } from '../fixtures/refusal-of';

const detect = () => null;
const usual = { none: 'allow', low: 'allow', medium: 'notify', high: 'step-up' };

test('nothing is judged unless it is asked for', () => {
  expect(readManagerOptions({}).risk).toBeUndefined();
});

test('without more, medium risk is told and high risk takes a fresh login, at sign-in and later', () => {
  const settings = readRisk({})!;
  expect(settings).toEqual({
    onSignIn: usual,
    onUse: usual,
    scale: defaultRiskScale,
    signals: [],
    anonymous: undefined,
  });
});

test('what is given takes the place of the default, member by member', () => {
  const settings = readRisk({
    onSignIn: { high: 'revoke' },
    onUse: false,
    weights: { new_device: 0 },
    thresholds: { medium: 50 },
    signals: [{ code: 'own', detect }],
  })!;
  expect(settings.onSignIn).toEqual({ ...usual, high: 'revoke' });
  expect(settings.onUse).toBeNull();
  expect(settings.scale.weights).toEqual({ ...defaultRiskScale.weights, new_device: 0 });
  expect(settings.scale.thresholds).toEqual({ ...defaultRiskScale.thresholds, medium: 50 });
  expect(settings.signals).toMatchObject([{ code: 'own', weight: 20 }]);
});

test('it is frozen, all the way down', () => {
  const settings = readRisk({ signals: [{ code: 'own', detect }] })!;
  const { onSignIn, onUse, scale, signals } = settings;
  const parts = [settings, onSignIn, onUse, scale, scale.weights, scale.thresholds, signals, signals[0]];
  expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
});

test('a signal is asked as a method of what it came in', async () => {
  class Watch {
    readonly code = 'own';
    readonly #because = 'kept beside it';
    detect() {
      return { because: this.#because };
    }
  }
  const { signals } = readRisk({ signals: [new Watch()] })!;
  expect(await signals[0]!.detect({} as never)).toEqual({ because: 'kept beside it' });
});

test.each([
  [{ onSignin: {} }, "risk.onSignin: unknown option; did you mean 'onSignIn'?"],
  [{ onUse: { hihg: 'notify' } }, "risk.onUse.hihg: unknown option; did you mean 'high'?"],
  [{ onUse: { none: 'notify' } }, 'risk.onUse.none: unknown option'],
  [{ onUse: { high: 'block' } }, "risk.onUse.high: expected 'allow', 'notify', 'step-up' or 'revoke', got 'block'"],
  [{ onUse: true }, 'risk.onUse: expected an object, got true'],
  [{ onSignIn: false }, 'risk.onSignIn: expected an object, got false'],
  [{ weights: { new_devise: 1 } }, "risk.weights.new_devise: unknown option; did you mean 'new_device'?"],
  [{ weights: { new_device: 101 } }, 'risk.weights.new_device: expected a whole number from 0 to 100, got 101'],
  [{ weights: { new_device: 0.5 } }, 'risk.weights.new_device: expected a whole number from 0 to 100, got 0.5'],
  [{ thresholds: { low: 0 } }, 'risk.thresholds.low: expected a whole number from 1 to 100, got 0'],
  [{ thresholds: { low: 80 } }, 'risk.thresholds: expected three that rise (low 80'],
  [{ signals: {} }, 'risk.signals: expected an array of at most 16 signals'],
  [
    { signals: Array.from({ length: 17 }, (_, index) => ({ code: `own_${index}`, detect })) },
    'risk.signals: expected',
  ],
  [{ signals: [undefined] }, 'risk.signals[0]: expected an object with a code and a detect function'],
  [{ signals: [{ code: 'Own', detect }] }, "risk.signals[0].code: expected a lower-case word of the app's own"],
  [
    { signals: [{ code: 'new_device', detect }] },
    "risk.signals[0].code: expected a lower-case word of the app's own",
  ],
  [{ signals: [{ code: 'own', weight: 200, detect }] }, 'risk.signals[0].weight: expected a whole number'],
  [{ signals: [{ code: 'own' }] }, 'risk.signals[0].detect: expected a function'],
  [
    { signals: [{ code: 'own', detekt: detect }] },
    "risk.signals[0].detekt: unknown option; did you mean 'detect'?",
  ],
  [{ signals: ['own', 'own'].map((code) => ({ code, detect })) }, 'risk.signals: expected each code once'],
  [{ anonymous: true }, 'risk.anonymous: expected a function, got true'],
])('%j is refused with what is wrong', (options, detail) => {
  expect(refusalOf(() => readRisk(options))).toMatchObject({ code: 'options_invalid' });
  expect(refusalOf(() => readRisk(options)).message).toContain(detail);
});
