import type { DisownSignInOutcome } from '../../use-cases/disowning/outcomes';
import type { Answer } from '../router/endpoint';
import { markup } from './markup';
import type { DisownPages } from './options';
import { pageAnswer } from './page';

type Disowned = Extract<DisownSignInOutcome, { readonly status: 'disowned' }>;

/** What has ended, and what is left to do: the password is known to whoever signed in. */
export function resultPage({ ended, stepUps, durable }: Disowned, { continueUrl }: DisownPages): Answer {
  const further =
    continueUrl === undefined
      ? undefined
      : markup`<p><a class="button" href="${continueUrl}">Change your password</a></p>`;
  return pageAnswer(
    durable ? 200 : 202,
    'It has been ended',
    markup`<p>${count(ended, 'session was', 'sessions were')} ended. ${asked(stepUps)}</p>
<p><strong>Change your password now.</strong> Whoever signed in knew it, and can sign in again until it is another one.</p>
${further}`,
  );
}

function asked(stepUps: number): string {
  if (stepUps === 0) return 'You are signed in on no other device.';
  return `${count(stepUps, 'other device', 'other devices')} will ask for your login before anything opens there.`;
}

function count(number: number, one: string, many: string): string {
  return `${number === 0 ? 'No' : number} ${number === 1 ? one : many}`;
}
