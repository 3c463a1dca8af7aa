import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../../contract/operation';

/** A request whose path was understood. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** The query as it came, without the question mark. */
  readonly search: string;
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** What an endpoint answers: JSON, or other content, or nothing but a status. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
  readonly content?: { readonly type: string; readonly bytes: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation, and what does it. `Context`: what its router knows of each request. */
export interface Endpoint<Context extends object> {
  readonly operation: Operation;
  /** Refuses by throwing a SessionError. */
  readonly answer: (call: Context & Exchange) => Promise<Answer>;
}
