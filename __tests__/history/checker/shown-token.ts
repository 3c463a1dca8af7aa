import type { Operation } from '../history';

/** The token that an operation showed to be let in, and the session it belongs to. */
export interface ShownToken {
  readonly session: string;
  readonly kind: 'access' | 'refresh';
  readonly token: string;
}

/** null for a sign-in, which shows none. */
export function shownToken(operation: Operation): ShownToken | null {
  switch (operation.kind) {
    case 'sign-in':
      return null;
    case 'verify':
      return { session: operation.session, kind: 'access', token: operation.access };
    case 'refresh':
      return { session: operation.session, kind: 'refresh', token: operation.refresh };
    case 'revoke':
    case 'revoke-all':
      return { session: operation.shown.session, kind: 'access', token: operation.shown.access };
  }
}
