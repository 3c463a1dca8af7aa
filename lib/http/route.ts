import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import type { AdmissionRules } from './admission-rules';
import { readFields, readQuery } from './fields';
import { readJsonBody } from './json-body';
import { getSession } from './request-session';

/** A request to the router, its path understood. */
export interface Call {
  readonly sessions: SessionManager<object>;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly search: string;
  /** The `:id` of the path; empty on routes without one. */
  readonly id: string;
}

/** A call of someone signed in, its query and body checked. */
export interface AdmittedCall<Query, Body> extends Call {
  readonly session: SessionView<object>;
  readonly query: Query;
  readonly body: Body;
}

/** What a route answers; 204 where it has no body. */
export interface Answer {
  readonly status: number;
  readonly body?: object;
}

/** One method on one path. */
export type Route = (call: Call) => Promise<Answer>;

interface RouteDefinition<Query extends z.ZodObject, Body extends z.ZodObject> {
  readonly query: Query;
  /** Absent on methods whose body has no meaning. */
  readonly body?: Body;
  readonly rules?: AdmissionRules;
  readonly answer: (call: AdmittedCall<z.output<Query>, z.output<Body>>) => Promise<Answer>;
}

const usual: AdmissionRules = Object.freeze({
  transport: 'any',
  autoRefresh: true,
  verify: Object.freeze({ slide: true, fresh: false }),
});

/** A route for people who are signed in. Who asks is settled before anything they sent is read. */
export function route<Query extends z.ZodObject, Body extends z.ZodObject>({
  query,
  body,
  rules = usual,
  answer,
}: RouteDefinition<Query, Body>): Route {
  return async (call) => {
    const denied = await admit(call.sessions, call.req, call.res, rules);
    if (denied) throw denied.error;
    return answer({
      ...call,
      session: getSession(call.req, call.sessions),
      query: readFields(query, readQuery(call.search)),
      body: (body ? await readBody(body, call.req) : {}) as z.output<Body>,
    });
  };
}

/** A route's body; none counts as empty. */
export async function readBody<Body extends z.ZodObject>(
  schema: Body,
  req: IncomingMessage,
): Promise<z.output<Body>> {
  return readFields(schema, (await readJsonBody(req)) ?? {});
}
