import type { IncomingMessage } from 'node:http';

/**
 * Whether a request comes from a browser: it carries `Origin` or Fetch Metadata. One header alone tells nothing, since Node's own `fetch`
 * sends `Sec-Fetch-Mode` and no other of them; a browser never sends it without `Sec-Fetch-Site` (Fetch Metadata section 3).
 */
export function isBrowserRequest({ headers }: IncomingMessage): boolean {
  return Object.keys(headers).some(
    (name) => name === 'origin' || (name.startsWith('sec-fetch-') && name !== 'sec-fetch-mode'),
  );
}
