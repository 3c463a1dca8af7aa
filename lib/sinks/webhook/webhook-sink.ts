import type { AuditSink, DeliveryFailure, DeliveryResult } from '../../domain/audit-sink';
import { type Duration, durationMilliseconds } from '../../domain/duration';
import type { HistoryEntry } from '../../domain/history-entry';
import { optionError, readFunction, refuseUnknown } from '../../options/read-options';
import { type Answer, judgeFault, judgeResponse } from './answer';
import { readSecrets, signMessage } from './signing';
import { readWebhookUrl } from './webhook-url';

/** Where a webhook goes, and how it is signed. `url` and `secret` may come right from the environment: undefined is refused, by name. */
export interface WebhookSinkOptions {
  /** https; http only to this machine. No redirect from it is followed. */
  readonly url: string | URL | undefined;
  /** `whsec_` and 24 to 64 random bytes in base64; up to four while secrets are being changed: each signs every message. */
  readonly secret: string | readonly string[] | undefined;
  /** The sink's name; `webhook`. To be given where there are several. */
  readonly name?: string | undefined;
  /** How long the receiver may take to answer: 100 milliseconds to 60 seconds; `15s`. */
  readonly timeout?: Duration | undefined;
  /** Headers to send beside its own, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sends in place of the global `fetch`: through a proxy, say, or refusing addresses of one's own network. */
  readonly fetch?: typeof fetch | undefined;
  /** The time in milliseconds that messages are stamped with; `Date.now`. Receivers refuse stamps that are minutes off. */
  readonly clock?: (() => number) | undefined;
}

const names = ['url', 'secret', 'name', 'timeout', 'headers', 'fetch', 'clock'];
const ownHeader = /^(?:webhook-.*|content-type|content-length|host)$/i;
// One call after the other, each within its timeout: a batch must not last for hours.
const batch = 20;

/**
 * Sends each entry of the audit as one message of Standard Webhooks: `POST` with `{ type: 'audit.<event>', timestamp, data }`, where
 * `data` is the entry and `webhook-id` its id. An answer of 2xx has it delivered; 410 makes it a dead letter at once; all others, and none,
 * have it sent again after the schedule, or after `Retry-After` where that is later. Durable.
 */
export function webhookSink(options: WebhookSinkOptions): AuditSink {
  const given = refuseUnknown(options, names, 'webhookSink') as Partial<WebhookSinkOptions>;
  const url = readWebhookUrl(given.url);
  const keys = readSecrets(given.secret);
  const headers = readHeaders(given.headers);
  const timeout = readTimeout(given.timeout);
  const send = readFunction<typeof fetch>(given.fetch, 'webhookSink.fetch') ?? fetch;
  const clock = readFunction<() => number>(given.clock, 'webhookSink.clock') ?? Date.now;
  // All of a batch within the time that the relay gives one call.
  return Object.freeze({
    name: given.name ?? 'webhook',
    durable: true,
    batch,
    timeout: Math.min(batch * timeout, 300_000),
    deliver: postEntries,
  });

  async function postEntries(entries: readonly HistoryEntry[], signal: AbortSignal): Promise<DeliveryResult> {
    const failed: DeliveryFailure[] = [];
    for (const [index, entry] of entries.entries()) {
      const answer = await post(entry, signal);
      if (answer.status === 'delivered') continue;
      // One message may be refused for what it holds; where the receiver itself is away, the others are not tried.
      const without = answer.isAway ? entries.slice(index) : [entry];
      for (const { id } of without) failed.push({ id, ...answer.failure });
      if (answer.isAway) break;
    }
    return { failed };
  }

  async function post(entry: HistoryEntry, closing: AbortSignal): Promise<Answer> {
    const body = JSON.stringify({ type: `audit.${entry.event}`, timestamp: entry.at, data: entry });
    const seconds = Math.floor(clock() / 1_000);
    const request = {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'user-agent': 'sessionkeeper',
        ...headers,
        'content-type': 'application/json',
        'webhook-id': entry.id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signMessage(keys, entry.id, seconds, body),
      },
      body,
      signal: AbortSignal.any([closing, AbortSignal.timeout(timeout)]),
    } as const;
    try {
      return judgeResponse(await send(url, request), clock());
    } catch (error) {
      return judgeFault(error);
    }
  }
}

function readTimeout(value: unknown): number {
  if (value === undefined) return 15_000;
  const milliseconds = durationMilliseconds(value, 'webhookSink.timeout');
  if (milliseconds < 100 || milliseconds > 60_000) throw optionError('webhookSink.timeout', '100ms to 60s', value);
  return milliseconds;
}

function readHeaders(value: unknown): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  // Names alone are shown: a value may be a credential.
  if (typeof value !== 'object' || value === null)
    throw optionError('webhookSink.headers', 'an object', typeof value);
  for (const [name, text] of Object.entries(value)) {
    if (ownHeader.test(name)) throw optionError('webhookSink.headers', 'none that the sink sets itself', name);
    if (!isSendable(name, text)) throw optionError('webhookSink.headers', 'names and texts that HTTP allows', name);
  }
  return Object.freeze({ ...(value as Record<string, string>) });
}

function isSendable(name: string, text: unknown): boolean {
  try {
    return typeof text === 'string' && new Headers({ [name]: text }).has(name);
  } catch {
    return false;
  }
}
