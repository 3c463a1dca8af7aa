import { becauseGiven } from '../../../lib/use-cases/relay/because';

test('A66 what a sink says is cut between characters, and kept without what hides or ends a line', () => {
  expect(becauseGiven({ id: 'one', because: `${'x'.repeat(199)}😀 and more` })).toBe('x'.repeat(199));
  expect(becauseGiven({ id: 'one', because: 'full\r\n\u202edisk' })).toBe('fulldisk');
});

test('a sink that does not say why is told of so', () => {
  expect(becauseGiven({ id: 'one', because: undefined as unknown as string })).toBe('the sink did not say why');
});
