import { disownSignIn } from '../disown-sign-in';
import { disowning } from '../disowning';
import { operation } from '../operation';

export const showDisowning = operation({
  id: 'showDisowning',
  method: 'GET',
  path: '/disown',
  section: 'sign-in',
  summary: 'What a link of "this wasn’t me" is about',
  description:
    'Where the link of a mail leads: to a browser, a page that asks for a confirmation. It changes nothing and uses nothing up, since mail ' +
    'gateways open links by themselves. Parameters that it does not know are passed over.',
  query: disownSignIn,
  body: undefined,
  pages: true,
  answers: { 200: { description: 'The sign-in.', body: disowning } },
  problems: ['one_time_token_invalid'],
  access: 'anyone',
});
