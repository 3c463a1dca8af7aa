import type { DeliveryFailure } from '../../domain/audit-sink';

/** What came of one message. */
export type Answer =
  | { readonly status: 'delivered' }
  | {
      readonly status: 'failed';
      readonly failure: Omit<DeliveryFailure, 'id'>;
      /** The receiver is gone or busy, whatever the message: no use in sending it others now. */
      readonly isAway: boolean;
    };

const longestWait = 24 * 3_600_000;
const busy = [429, 502, 503, 504];

/** Judges by status alone: what the body says is the receiver's, and whether it ever ends changes nothing. */
export function judgeResponse(response: Response, now: number): Answer {
  response.body?.cancel().catch(() => undefined);
  const { status } = response;
  if (status >= 200 && status < 300) return { status: 'delivered' };
  const because = `the receiver answered ${status}`;
  // Gone: it asks to be left alone (Standard Webhooks, "Retry schedule and exponential backoff").
  if (status === 410) return { status: 'failed', failure: { because, final: true }, isAway: true };
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), now);
  return { status: 'failed', failure: { because, retryAfter }, isAway: busy.includes(status) };
}

/** Judges what `fetch` threw: by its code, since its words may hold the address. */
export function judgeFault(error: unknown): Answer {
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: { readonly code?: unknown } };
  const isLate = name === 'TimeoutError' || name === 'AbortError';
  const code = typeof cause?.code === 'string' && /^[A-Z0-9_]{1,40}$/.test(cause.code) ? ` (${cause.code})` : '';
  const because = isLate ? 'the receiver did not answer in time' : `the receiver could not be reached${code}`;
  return { status: 'failed', failure: { because }, isAway: true };
}

/** Seconds, or a date (RFC 9110 section 10.2.3), as milliseconds from now. */
function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const milliseconds = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return milliseconds > 0 ? Math.min(milliseconds, longestWait) : undefined;
}
