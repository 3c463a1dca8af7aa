import { SessionError } from '../domain/error';
import type { Transport } from './credentials';

/** How a new session's tokens are to travel. Apps pass on what a client asks for. @throws SessionError `request_invalid` */
export function readTransport(wanted: unknown): Transport {
  if (wanted === undefined) return 'cookie';
  if (wanted === 'cookie' || wanted === 'bearer') return wanted;
  throw new SessionError('request_invalid', {
    field: 'transport',
    detail: "transport: expected 'cookie' or 'bearer'",
  });
}
