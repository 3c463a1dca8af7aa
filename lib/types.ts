/**
 * Types `req.userSession`, for apps that keep that name: `import 'sessionkeeper/types'` once, anywhere in the program. Without
 * it, `getSession(req)` is typed as well.
 *
 * @packageDocumentation
 */
import type { SessionView } from './domain/session-view';

declare module 'node:http' {
  interface IncomingMessage {
    /** The session that `requireSession` found. */
    userSession?: SessionView;
  }
}

export type { SessionView } from './domain/session-view';
