import { RiskDial } from '../../fixtures/risk-dial';
import { listenTo, SessionBench, signedIn } from '../../fixtures/session-bench';
import { MemoryStore } from '../../../lib';

test('B29 signals that never answer hold a sign-in up for one deadline at most, all of them together', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const store = new MemoryStore();
  const bench = new SessionBench({ name: 'memory', open: () => store });
  const never = () => new Promise<never>(() => undefined);
  const dial = new RiskDial();
  dial.level = 'medium';
  const hanging = ['one', 'two', 'three'].map((code) => ({ code, detect: never }));
  const sessions = bench.open({ risk: dial.options({ signals: hanging, anonymous: never }) });
  const heard = listenTo(sessions);
  const began = performance.now();
  const { session } = await signedIn(sessions);
  // Once for the address, once for the signals; a loaded machine may take as long again.
  expect(performance.now() - began).toBeLessThan(10 * store.deadlineMilliseconds);
  expect(session.risk).toMatchObject({ score: 50 });
  const hooks = heard.flatMap(({ name, event }) =>
    name === 'hook.failed' ? [(event as { hook: string }).hook] : [],
  );
  expect(hooks.sort()).toEqual(['risk.anonymous', 'risk.signals', 'risk.signals', 'risk.signals']);
  await bench.close();
  warn.mockRestore();
});
