import { resolveSessionLimit } from '../../contract/operations/resolve-session-limit';
import { exposedView } from '../exposed-view';
import { readFields, readQuery } from '../fields';
import { resumeSignIn } from '../resume-sign-in';
import { readBody, type SessionEndpoint } from '../route';

/** Ends the session chosen and signs in; the answer goes the way of the sign-in it resumes. */
export const resolveLimit: SessionEndpoint = {
  operation: resolveSessionLimit,
  async answer({ sessions, req, res, search }) {
    readFields(resolveSessionLimit.query, readQuery(search));
    const outcome = await resumeSignIn(sessions, req, res, await readBody(resolveSessionLimit.body, req));
    if (outcome.status !== 'created') throw outcome.error;
    const { session, tokens } = outcome;
    return { status: 200, body: { session: exposedView(sessions, session), ...(tokens && { tokens }) } };
  },
};
