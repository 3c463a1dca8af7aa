import type { IncomingMessage } from 'node:http';
import { SessionError } from '../../domain/error';
import { warnOfFault } from '../fault-warning';
import { isSessionError } from '../problem';
import type { Answer } from '../router/endpoint';
import { refusalPage } from './refusal-page';

/** Whether whoever asks reads pages: browsers say so of what they open and of the forms they send, scripts do not. */
function readsPages({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') === true;
}

/** Answers people with pages, refusals included, and others as the router does. */
export async function answerPeople(
  req: IncomingMessage,
  answer: (asPage: boolean) => Promise<Answer>,
): Promise<Answer> {
  if (!readsPages(req)) return answer(false);
  try {
    return await answer(true);
  } catch (error) {
    if (isSessionError(error)) return refusalPage(error);
    warnOfFault('sessionRouter', error);
    return refusalPage(new SessionError('internal_error'));
  }
}
