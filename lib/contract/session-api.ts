import type { ApiDescription } from './openapi/api';

/** What the document of `sessionRouter` says beside its operations. */
export const sessionApi: ApiDescription = {
  title: 'Sessions',
  summary: 'See and end your own sessions',
  description: [
    'Who is signed in, on which device, from where, since when - and ending any of it at once.',
    '',
    'Send the access token as `Authorization: Bearer sat_…`. Pages of the app itself may send its cookies instead; then unsafe ' +
      'requests must come from its own origin. One request carries one credential.',
    '',
    'Refusals are `application/problem+json` (RFC 9457) with a stable `code`. A path that does not exist answers 404 ' +
      '`not_found`; a method that a path does not have, 405 `method_not_allowed` with `Allow`. No answer is to be cached.',
  ].join('\n'),
  sections: {
    sessions: 'The devices that you are signed in on.',
    tokens: 'Access tokens that run out soon, and the refresh tokens that are exchanged for new ones.',
    'sign-in': 'What completes a sign-in that the app began.',
    activity: 'What happened to your sessions.',
  },
  credentials: {
    accessToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'sat_…',
      description: 'The access token of a session.',
    },
  },
};
