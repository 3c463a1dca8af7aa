import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Operation } from '../../contract/operation';
import { SessionError } from '../../domain/error';
import { warnOfFault } from '../fault-warning';
import { protectAnswer, writeJson } from '../json-answer';
import { isSessionError, writeProblem } from '../problem';
import type { Answer, Endpoint } from './endpoint';
import { allowedAt, type Found, Places } from './places';

/** A request as its router first sees it. */
export interface Arrival {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** undefined: no operation has this path and method. */
  readonly operation: Operation | undefined;
  readonly params: Readonly<Record<string, string>>;
}

/** What a router does with each request: it learns who asks, lets the endpoint answer, and may look at the answer. */
export type Around<Context extends object> = (
  arrival: Arrival,
  answer: (context: Context) => Promise<Answer>,
) => Promise<Answer>;

/** Endpoints under one mount. On node:http alone: Express 4, Express 5, Connect. */
export class Router<Context extends object> {
  readonly #name: string;
  readonly #places: Places<Context>;
  readonly #around: Around<Context>;

  /** `name` stands in the warnings about its faults. */
  constructor(name: string, endpoints: readonly Endpoint<Context>[], around: Around<Context>) {
    this.#name = name;
    this.#places = new Places(endpoints);
    this.#around = around;
  }

  /** Answers a request, whatever happens. Refusals are problem+json; nothing is ever kept in caches. */
  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      const answer = await this.#answer(req, res);
      if (!res.headersSent) write(res, answer);
    } catch (error) {
      if (isSessionError(error)) return writeProblem(res, error);
      warnOfFault(this.#name, error);
      writeProblem(res, new SessionError('internal_error'));
    }
  }

  #answer(req: IncomingMessage, res: ServerResponse): Promise<Answer> {
    const { url = '/', method = 'GET' } = req;
    const mark = url.indexOf('?');
    const path = mark === -1 ? url : url.slice(0, mark);
    const search = mark === -1 ? '' : url.slice(mark + 1);
    const found = this.#places.find(path);
    const endpoint = found?.methods.get(method);
    const params = found?.params ?? {};
    return this.#around({ req, res, operation: endpoint?.operation, params }, (context) =>
      endpoint ? endpoint.answer({ ...context, req, res, search, params }) : answerWithout(res, method, found),
    );
  }
}

/** Async, so that whoever called learns of it as of every other refusal. */
async function answerWithout(
  res: ServerResponse,
  method: string,
  found: Found<never> | undefined,
): Promise<Answer> {
  if (!found) throw new SessionError('not_found');
  res.setHeader('Allow', allowedAt(found));
  if (method !== 'OPTIONS') throw new SessionError('method_not_allowed');
  return Promise.resolve({ status: 204 });
}

function write(res: ServerResponse, { status, body, content, headers = {} }: Answer): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (body) return writeJson(res, status, body);
  protectAnswer(res);
  res.statusCode = status;
  if (!content) return void res.end();
  res.setHeader('Content-Type', content.type);
  res.setHeader('Content-Length', content.bytes.length);
  res.end(content.bytes);
}
