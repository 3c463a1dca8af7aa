import { nothing } from '../../contract/nothing';
import { renameSession } from '../../contract/rename-session';
import { route } from '../route';
import { updateOwn } from './update-own';

/** `PATCH /current`: renames the device that asks. */
export const renameCurrent = route({
  query: nothing,
  body: renameSession,
  answer: ({ sessions, session, body }) => updateOwn(sessions, session, session.id, body),
});
