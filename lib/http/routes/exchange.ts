import { exchangeToken } from '../../contract/operations/exchange-token';
import { exchangeRequestToken } from '../exchange-request-token';
import { exposedView } from '../exposed-view';
import { readFields, readQuery } from '../fields';
import { readBody, type SessionEndpoint } from '../route';

/** Exchanges a request token for a session; the answer goes the way that the token is bound to. */
export const exchange: SessionEndpoint = {
  operation: exchangeToken,
  async answer({ sessions, req, res, search }) {
    readFields(exchangeToken.query, readQuery(search));
    const outcome = await exchangeRequestToken(sessions, req, res, await readBody(exchangeToken.body, req));
    if (outcome.status !== 'created') throw outcome.error;
    const { session, tokens } = outcome;
    return { status: 200, body: { session: exposedView(sessions, session), ...(tokens && { tokens }) } };
  },
};
