import type { IncomingMessage } from 'node:http';
import { disownSignIn } from '../../contract/disown-sign-in';
import { disownSignIns as operation } from '../../contract/operations/disown-sign-ins';
import { clientFacts } from '../client-facts';
import { answerPeople } from '../disowning/answer-people';
import { resultPage } from '../disowning/result-page';
import { readFields, readQuery } from '../fields';
import { isForm, readFormBody } from '../form-body';
import { readBody, type SessionEndpoint } from '../route';

/**
 * Acts on a link. Its token is the whole proof, and comes in the body alone: no cookie is read or set, so there is nothing that another
 * site's page could lend itself, and its address tells nobody anything. Its 256 bits are not guessed, so that guesses need no counting.
 */
export const disown: SessionEndpoint = {
  operation,
  answer({ sessions, req, search, disownPages }) {
    return answerPeople(req, async (asPage) => {
      readFields(operation.query, readQuery(search));
      const { token } = await readToken(req);
      const outcome = await sessions.disowning.disown(token, { client: clientFacts(req) });
      if (outcome.status === 'refused') throw outcome.error;
      if (asPage) return resultPage(outcome, disownPages);
      const { ended, stepUps, durable } = outcome;
      return durable
        ? { status: 200, body: { ended, stepUps } }
        : { status: 202, body: { ended, stepUps, durable } };
    });
  },
};

function readToken(req: IncomingMessage): Promise<{ readonly token: string }> {
  const type = req.headers['content-type'];
  return type !== undefined && isForm(type) ? readFormBody(disownSignIn, req) : readBody(disownSignIn, req);
}
