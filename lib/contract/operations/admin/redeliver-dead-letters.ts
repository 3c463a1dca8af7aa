import { nothing } from '../../nothing';
import { operation } from '../../operation';
import { redeliver as body } from '../../redeliver';
import { redelivered } from '../../redelivered';

export const redeliverDeadLetters = operation({
  id: 'redeliverDeadLetters',
  method: 'POST',
  path: '/audit/redeliveries',
  section: 'audit',
  summary: 'Give dead letters to their sinks again',
  description: 'Of one sink, or of all where `sink` is null. They are tried anew, as if they had never failed.',
  query: nothing,
  body,
  answers: { 200: { description: 'How many there are.', body: redelivered } },
  problems: [],
  access: 'audit:write',
});
