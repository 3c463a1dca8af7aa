import { graceReplay } from '../../../../lib/policies/risk/signals/grace-replay';
import { facts } from '../../../fixtures/risk-facts';

function strengthOf(late: boolean, otherNetwork: boolean): number | undefined {
  return graceReplay(facts({ occasion: 'renewal', replay: { late, otherNetwork } }))?.strength;
}

test('a second renewal at once and from the same network is nothing: parallel tabs do that', () => {
  expect(strengthOf(false, false)).toBeUndefined();
});

test('a late one counts, one from another network more, both most', () => {
  expect([strengthOf(true, false), strengthOf(false, true), strengthOf(true, true)]).toEqual([0.4, 0.6, 1]);
});

test('a renewal with the token of the day is nothing', () => {
  expect(graceReplay(facts({ occasion: 'renewal' }))).toBeUndefined();
});
