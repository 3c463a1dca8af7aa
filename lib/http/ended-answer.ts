import type { Answer } from './router/endpoint';

/** What a route answers that has ended one session: 202 where a failover could still lose that. */
export function endedAnswer({ durable }: { readonly durable: boolean }): Answer {
  return durable ? { status: 204 } : { status: 202, body: { durable } };
}
