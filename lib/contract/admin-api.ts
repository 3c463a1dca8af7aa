import type { ApiDescription } from './openapi/api';

/** What the document of `adminRouter` says beside its operations. */
export const adminApi: ApiDescription = {
  title: 'Sessions, for administrators',
  summary: 'See and end anyone’s sessions, and what goes with that',
  description: [
    'For back ends, support desks and other services. Send an API secret as `Authorization: Bearer`, or its id and itself as ' +
      '`Authorization: Basic`; an app may admit administrators by its own means as well. Every call is in the access log.',
    '',
    'Refusals are `application/problem+json` (RFC 9457) with a stable `code`; those of introspection and revocation are as ' +
      'RFC 6749 says. Who calls is settled first: then a path that does not exist answers 404 `not_found`, and a method that a path ' +
      'does not have, 405 `method_not_allowed` with `Allow`. No answer is to be cached.',
  ].join('\n'),
  sections: {
    users: 'The sessions of a user, and their limit, lock and history.',
    privacy: 'All that is kept of a user, and its end.',
    sessions: 'Any session, by its id.',
    fleet: 'All sessions of all users: how many there are, and the end of them.',
    tokens: 'What a token stands for (RFC 7662), and its end (RFC 7009).',
    impersonation: 'To act in the place of a user, for a short while and in the open.',
    'one-time tokens': 'Tokens that open something once.',
    audit: 'Who did what.',
  },
  credentials: {
    bearerSecret: {
      type: 'http',
      scheme: 'bearer',
      description: 'An API secret; `npx sessionkeeper secret` makes one.',
    },
    basicSecret: { type: 'http', scheme: 'basic', description: 'The id of an API secret, and the secret.' },
  },
};
