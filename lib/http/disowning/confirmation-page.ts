import type { DisownedSignIn } from '../../use-cases/disowning/outcomes';
import type { Answer } from '../router/endpoint';
import { markup } from './markup';
import { pageAnswer } from './page';

interface Confirmation {
  readonly session: DisownedSignIn;
  readonly token: string;
  /** Where the form goes, relative to the page. */
  readonly action: string;
}

/** Shows the sign-in, and asks. The token travels on in the body: addresses are remembered, and told to others. */
export function confirmationPage({ session, token, action }: Confirmation): Answer {
  const { device, location, createdAt } = session;
  const { name, model, browser, os, type } = device;
  const what = [name, model, browser, os].filter(Boolean).join(', ') || type;
  const where = [location?.city, location?.region, location?.country].filter(Boolean).join(', ');
  return pageAnswer(
    200,
    'Was this you?',
    markup`<p>Somebody signed in to your account:</p>
<dl>
<dt>Device</dt><dd><bdi>${what}</bdi></dd>
<dt>Place</dt><dd><bdi>${where || 'unknown'}</bdi></dd>
<dt>Time</dt><dd><time datetime="${createdAt}">${readableTime(createdAt)}</time></dd>
</dl>
<p>If this was you, close this page: nothing has been changed.</p>
<p>If not, end it. Whoever signed in is signed out, with every sign-in since; your other devices will ask you to log in again.</p>
<form method="post" action="${action}">
<input type="hidden" name="token" value="${token}">
<button type="submit">This wasn’t me: end it</button>
</form>`,
  );
}

/** `2026-11-22 14:05 UTC`: the same for everybody, since nothing is known of where its reader is. */
function readableTime(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
