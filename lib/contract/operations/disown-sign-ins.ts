import { disownSignIn } from '../disown-sign-in';
import { disownedSignIns } from '../disowned-sign-ins';
import { nothing } from '../nothing';
import { operation } from '../operation';

export const disownSignIns = operation({
  id: 'disownSignIns',
  method: 'POST',
  path: '/disown',
  section: 'sign-in',
  summary: 'Say that a sign-in was not yours',
  description:
    'Ends the session that the link is about and all since, and has every other one confirm its login. The token alone allows it, once: no ' +
    'session, cookie or origin is looked at.',
  query: nothing,
  body: disownSignIn,
  encoding: 'json-or-form',
  pages: true,
  answers: {
    200: { description: 'What has ended.', body: disownedSignIns },
    202: { description: 'The same, but replicas did not confirm it in time.', body: disownedSignIns },
  },
  problems: ['one_time_token_invalid'],
  access: 'anyone',
});
