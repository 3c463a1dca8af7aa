import { fleetCounts } from '../../fleet-counts';
import { fleetCountsQuery } from '../../fleet-counts-query';
import { operation } from '../../operation';

export const countSessions = operation({
  id: 'countSessions',
  method: 'GET',
  path: '/fleet/counts',
  section: 'fleet',
  summary: 'How many sessions and users there are, on what, from where, and how many signed in of late',
  description:
    'Counted by a walk through all users, which takes a while where there are many, and kept: `maxAge` says how old a count may be, `1m` unless given; `0s` counts anew.',
  query: fleetCountsQuery,
  body: undefined,
  answers: { 200: { description: 'The counts, and by how much they may be off.', body: fleetCounts } },
  problems: [],
  access: 'fleet:read',
});
