import { unconfirmedEnd } from './unconfirmed-end';

/** The answers of operations that end one session. */
export const endedAnswers = {
  204: { description: 'The session is over.' },
  202: { description: 'The session is over, but replicas did not confirm it in time.', body: unconfirmedEnd },
} as const;
