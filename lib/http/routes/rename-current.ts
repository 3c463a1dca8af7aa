import { renameCurrentSession } from '../../contract/operations/rename-current-session';
import { route } from '../route';
import { updateOwn } from './update-own';

/** Renames the device that asks. */
export const renameCurrent = route(renameCurrentSession, {
  answer: ({ sessions, session, body }) => updateOwn(sessions, session, session.id, body),
});
