import { untilSettled } from '../../lib/use-cases/until-settled';
import { rejectionOf } from '../fixtures/refusal-of';

test('a turn that settles is the last', async () => {
  const turn = jest.fn<Promise<string | undefined>, []>();
  turn.mockResolvedValueOnce(undefined).mockResolvedValueOnce(undefined).mockResolvedValueOnce('done');
  expect(await untilSettled(turn)).toBe('done');
  expect(turn).toHaveBeenCalledTimes(3);
});

test('after fifty turns it is a fault and no endless loop', async () => {
  const turn = jest.fn(async () => undefined);
  expect(await rejectionOf(untilSettled(turn))).toMatchObject({
    code: 'store_unavailable',
    message: 'The session is being changed by too many writers at once.',
  });
  expect(turn).toHaveBeenCalledTimes(50);
});

test('what a turn throws goes through', async () => {
  await expect(untilSettled(() => Promise.reject(new Error('down')))).rejects.toThrow('down');
});
