import { deadLetters } from '../../dead-letters';
import { deadLettersQuery } from '../../dead-letters-query';
import { operation } from '../../operation';

export const listDeadLetters = operation({
  id: 'listDeadLetters',
  method: 'GET',
  path: '/audit/dead-letters',
  section: 'audit',
  summary: 'Entries of the audit that were given up for a sink, newest first',
  query: deadLettersQuery,
  body: undefined,
  answers: { 200: { description: 'The newest dead letters.', body: deadLetters } },
  problems: [],
  access: 'audit:read',
});
