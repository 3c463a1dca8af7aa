import { RiskDial } from '../../fixtures/risk-dial';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { MemoryStore } from '../../../lib';

test('B29 signals that never answer hold a sign-in up for one deadline, all of them together, behind that of the address', async () => {
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const bench = new SessionBench({ name: 'memory', open: () => new MemoryStore() });
  const dial = new RiskDial();
  dial.level = 'medium';
  const order: string[] = [];
  const hang = (name: string) => () => {
    order.push(name);
    return new Promise<never>(() => undefined);
  };
  const hanging = ['one', 'two', 'three'].map((code) => ({ code, detect: hang(code) }));
  const sessions = bench.open({ risk: dial.options({ signals: hanging, anonymous: hang('address') }) });
  sessions.on('hook.failed', ({ hook }) => order.push(`${hook} failed`));
  const { session } = await signedIn(sessions);
  expect(session.risk).toMatchObject({ score: 50 });
  // Signals are told what was found out of the address, so they come after it: two deadlines, however many signals there are.
  expect(order).toEqual([
    ...['address', 'risk.anonymous failed'],
    ...['one', 'two', 'three'],
    ...['risk.signals failed', 'risk.signals failed', 'risk.signals failed'],
  ]);
  await bench.close();
  warn.mockRestore();
});
