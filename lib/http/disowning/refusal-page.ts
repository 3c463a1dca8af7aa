import type { SessionError } from '../../domain/error';
import type { Answer } from '../router/endpoint';
import { markup } from './markup';
import { pageAnswer } from './page';

type Text = readonly [title: string, what: string];

const byReason: Readonly<Record<string, Text>> = {
  spent: [
    'This link has been used',
    'What it was for has been done: the sign-in was ended. If you have not changed your password since, do so now.',
  ],
  expired: [
    'This link has expired',
    'Nothing has been changed. Sign in and end what you do not know in the list of your devices; then change your password.',
  ],
  invalid: [
    'This link is not valid',
    'Nothing has been changed. Open it from the message again, whole; or sign in and look at the list of your devices.',
  ],
};
const unavailable: Text = [
  'Please try again',
  'This cannot be answered just now. Open the link from the message again in a minute: it stays good until it has been used.',
];
const other: Text = ['That did not work', 'Nothing has been changed. Open the link from the message again.'];

/** What a person is told in place of a problem. */
export function refusalPage(error: SessionError): Answer {
  const [title, what] = textOf(error);
  return pageAnswer(error.status, title, markup`<p>${what}</p>`, error.headers);
}

function textOf({ code, reason = '', status }: SessionError): Text {
  if (status >= 500) return unavailable;
  return (code === 'one_time_token_invalid' ? byReason[reason] : undefined) ?? other;
}
