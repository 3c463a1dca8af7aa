import { nothing } from '../../contract/nothing';
import { route } from '../route';

/** `POST /validate`: whether the access token presented still counts, and until when. Asking is no activity and renews nothing. */
export const validate = route({
  query: nothing,
  body: nothing,
  rules: Object.freeze({
    transport: 'any',
    autoRefresh: false,
    verify: Object.freeze({ slide: false, fresh: false }),
  }),
  answer({ session: { deadlines } }) {
    const ends = [deadlines.access, deadlines.absolute, deadlines.idle ?? deadlines.absolute];
    // ISO 8601 in UTC sorts as text.
    return Promise.resolve({ status: 200, body: { active: true, expiresAt: ends.sort()[0] } });
  },
});
