import { auditEvents } from '../../lib/domain/audit-entry';
import { auditVocabulary } from '../../lib/domain/audit-vocabulary';
import { rowsOf } from './markdown-table';

// The names of the cheat sheet in the sections that concern sessions.
const standard = [
  ...['authn_login_success', 'authn_login_successafterfail', 'authn_login_fail', 'authn_login_fail_max'],
  ...['authn_login_lock', 'authn_password_change', 'authn_password_change_fail', 'authn_impossible_travel'],
  ...['authn_token_created', 'authn_token_revoked', 'authn_token_reuse', 'authn_token_delete'],
  ...['authz_fail', 'authz_change', 'authz_admin', 'excess_rate_limit_exceeded'],
  ...['privilege_permissions_changed', 'sequence_fail'],
  ...['session_created', 'session_renewed', 'session_expired', 'session_use_after_expire'],
  ...['user_created', 'user_updated', 'user_archived', 'user_deleted'],
];

test('A64 docs/audit.md lists every event with its name in the vocabulary and its outcome, and no other', () => {
  const documented = rowsOf('docs/audit.md').map(([event, vocabulary, outcome]) => [event, vocabulary, outcome]);
  const known = auditEvents.map((event) => {
    const { vocabulary, isStandard, outcome } = auditVocabulary[event];
    return [event, isStandard ? vocabulary : `\`${vocabulary}\` (own)`, outcome];
  });
  expect(documented).toEqual(known);
});

test('A64 a name that counts as the vocabulary’s is one of its own, and no other has such a name', () => {
  const words = Object.values(auditVocabulary);
  expect(words.filter(({ vocabulary, isStandard }) => isStandard !== standard.includes(vocabulary))).toEqual([]);
});
