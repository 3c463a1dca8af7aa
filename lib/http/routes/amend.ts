import { amendSession } from '../../contract/operations/amend-session';
import { route } from '../route';
import { updateOwn } from './update-own';

/** Renames or trusts one of the asker's devices. */
export const amend = route(amendSession, {
  isSensitive: ({ body }) => body.trusted === true,
  answer: ({ sessions, session, params, body }) => updateOwn(sessions, session, params['id']!, body),
});
