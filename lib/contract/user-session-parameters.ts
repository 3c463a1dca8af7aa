import { anySessionParameter } from './any-session-parameter';
import { userParameter } from './user-parameter';

/** The parameters of a path that names a session of a user. */
export const userSessionParameters = Object.freeze({ ...userParameter, ...anySessionParameter });
