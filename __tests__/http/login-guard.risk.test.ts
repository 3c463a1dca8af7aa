import { RiskDial } from '../fixtures/risk-dial';
import { frameworks } from './fixtures/frameworks';
import { guardedBench, password } from './fixtures/guarded-login';

describe.each(frameworks)('the risk of a sign-in behind loginGuard on $name', (framework) => {
  test('goes by the failures before it', async () => {
    const dial = new RiskDial();
    const bench = guardedBench({ framework, options: { risk: dial.options(), lockout: { freeFailures: 10 } } });
    const browser = bench.browser();
    const from = { 'X-Test-Ip': '203.0.113.5' };
    for (let count = 0; count < 4; count++)
      await browser.post('/guarded?user=alice&password=wrong', from).expect(401);
    await browser.post(`/guarded?user=alice&password=${password}`, from).expect(200);
    await browser.post(`/guarded?user=alice&password=${password}`, from).expect(200);
    expect(dial.facts.map(({ failures }) => failures)).toEqual([4, 0]);
    await bench.close();
  });
});
