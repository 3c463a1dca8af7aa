import { nothing } from '../../nothing';
import { oneFleetEnding } from '../../one-fleet-ending';
import { operation } from '../../operation';

export const showFleetEnding = operation({
  id: 'showFleetEnding',
  method: 'GET',
  path: '/fleet/endings/latest',
  section: 'fleet',
  summary: 'How far the last ending of everybody’s sessions has come',
  query: nothing,
  body: undefined,
  answers: { 200: { description: 'The ending; 404 where there was none.', body: oneFleetEnding } },
  problems: ['not_found'],
  access: 'fleet:read',
});
