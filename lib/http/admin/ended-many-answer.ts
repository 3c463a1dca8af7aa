import type { Answer } from '../router/endpoint';

interface Ended {
  readonly count: number;
  readonly durable: boolean;
}

/** What a route answers that has ended several sessions: 202 where a failover could still lose that. `beside`: what else it tells. */
export function endedManyAnswer({ count, durable }: Ended, beside: object = {}): Answer {
  return durable
    ? { status: 200, body: { ...beside, ended: count } }
    : { status: 202, body: { ...beside, ended: count, durable } };
}
