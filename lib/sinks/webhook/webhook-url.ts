import { optionError } from '../../options/read-options';

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** An address that entries may be sent to: https, or this machine. */
export function readWebhookUrl(value: unknown): URL {
  const text = value instanceof URL ? value.href : value;
  const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined;
  // What the error shows must not be the address: it may hold a secret.
  if (!url) throw optionError('webhookSink.url', 'an absolute https address', typeof value);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback.test(url.hostname))) {
    throw optionError('webhookSink.url', 'https, or http to this machine', url.protocol);
  }
  if (url.username !== '' || url.password !== '') {
    throw optionError('webhookSink.url', 'no user name or password in it', 'one that has them');
  }
  url.hash = '';
  return url;
}
