import type { IncomingMessage, ServerResponse } from 'node:http';

/** What Express and Connect hand to a middleware as its third argument. */
export type Next = (error?: unknown) => void;

/** A middleware for Express 4, Express 5, Connect, or anything else that speaks node:http. */
export type Middleware<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> = (req: Req, res: Res, next: Next) => void;

/** An error middleware for the same. */
export type ErrorMiddleware = (error: unknown, req: IncomingMessage, res: ServerResponse, next: Next) => void;

/** What Express adds to a request, of what is read here. On Connect and plain node:http all of it is absent. */
export interface ExpressFacts {
  /** The caller's address, after the proxies that the app trusts. */
  readonly ip?: unknown;
  readonly protocol?: unknown;
  readonly originalUrl?: unknown;
  /** What a body parser left behind. */
  readonly body?: unknown;
  readonly app?: { get?(name: string): unknown };
}

export function expressFacts(req: IncomingMessage): ExpressFacts {
  return req as ExpressFacts;
}
