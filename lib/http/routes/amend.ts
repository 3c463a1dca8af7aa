import { amendSession } from '../../contract/amend-session';
import { nothing } from '../../contract/nothing';
import { route } from '../route';
import { updateOwn } from './update-own';

/** `PATCH /:id`: renames or trusts one of the asker's devices. */
export const amend = route({
  query: nothing,
  body: amendSession,
  isSensitive: ({ body }) => body.trusted === true,
  answer: ({ sessions, session, id, body }) => updateOwn(sessions, session, id, body),
});
