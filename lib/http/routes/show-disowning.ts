import { showDisowning as operation } from '../../contract/operations/show-disowning';
import { answerPeople } from '../disowning/answer-people';
import { confirmationPage } from '../disowning/confirmation-page';
import { readFields, readQuery } from '../fields';
import type { SessionEndpoint } from '../route';

/** Shows what a link is about. Whatever opens it, a person or a mail gateway that looks for malware, changes nothing. */
export const showDisowning: SessionEndpoint = {
  operation,
  answer({ sessions, req, search }) {
    return answerPeople(req, async (asPage) => {
      // What mail services add to links is passed over.
      const { token: given } = readQuery(search);
      const { token } = readFields(operation.query, given === undefined ? {} : { token: given });
      const outcome = await sessions.disowning.inspect(token);
      if (outcome.status === 'refused') throw outcome.error;
      const { session, expiresAt } = outcome;
      if (!asPage) return { status: 200, body: { session, expiresAt } };
      const isFolder = /^[^?]*\/(\?|$)/.test(req.url ?? '');
      return confirmationPage({ session, token, action: isFolder ? '.' : './disown' });
    });
  },
};
