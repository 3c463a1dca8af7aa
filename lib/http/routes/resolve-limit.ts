import { limitResolution } from '../../contract/limit-resolution';
import { nothing } from '../../contract/nothing';
import { exposedView } from '../exposed-view';
import { readFields, readQuery } from '../fields';
import { resumeSignIn } from '../resume-sign-in';
import { type Answer, type Call, readBody } from '../route';

/** `POST /limit-resolutions`: ends the session chosen and signs in; the answer goes the way of the sign-in it resumes. */
export async function resolveLimit({ sessions, req, res, search }: Call): Promise<Answer> {
  readFields(nothing, readQuery(search));
  const outcome = await resumeSignIn(sessions, req, res, await readBody(limitResolution, req));
  if (outcome.status !== 'created') throw outcome.error;
  const { session, tokens } = outcome;
  return { status: 200, body: { session: exposedView(sessions, session), ...(tokens && { tokens }) } };
}
