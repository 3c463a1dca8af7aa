import { Emitter } from '../../../lib/events/emitter';
import { Judgements } from '../../../lib/use-cases/risk/judgements';

test('of verdicts that are not final ten thousand rest at a time', async () => {
  const judgements = new Judgements<string>(new Emitter(), () => 0);
  const judged: string[] = [];
  const ask = (key: string) =>
    judgements.once(key, () => {
      judged.push(key);
      return Promise.resolve({ verdict: key, rests: true });
    });
  for (let key = 0; key <= 10_000; key++) {
    await ask(String(key));
    await judgements.flush();
  }
  judged.length = 0;
  expect(await ask('1')).toBe('1');
  expect(await ask('0')).toBe('0');
  expect(judged).toEqual(['0']);
});
