import { endFleet as body } from '../../end-fleet';
import { fleetDryRun } from '../../fleet-dry-run';
import { nothing } from '../../nothing';
import { oneFleetEnding } from '../../one-fleet-ending';
import { operation } from '../../operation';

export const endFleet = operation({
  id: 'endFleet',
  method: 'POST',
  path: '/fleet/endings',
  section: 'fleet',
  summary: 'End everybody’s sessions: count first, then confirm',
  description:
    'With `dryRun: true` it counts what would end, and gives a confirmation, for you alone, good for ten minutes. With that `confirmation` it begins. Sent again, the same confirmation finds the same ending.',
  query: nothing,
  body,
  answers: {
    200: { description: 'Of a dry run: what would end, and the confirmation.', body: fleetDryRun },
    202: {
      description: 'No session that began before can be renewed any more; they end one after the other.',
      body: oneFleetEnding,
    },
  },
  problems: ['one_time_token_invalid', 'fleet_ending_under_way'],
  access: 'fleet:write',
});
