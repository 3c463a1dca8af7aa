import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import { type AdmissionRules, usualRules } from './admission-rules';
import { readFields, readQuery } from './fields';
import { readJsonBody } from './json-body';
import { type RecentLogin, refuseOldLogin } from './recent-login';
import { getSession } from './request-session';

/** A request to the router, its path understood. */
export interface Call {
  readonly sessions: SessionManager<object>;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly search: string;
  /** The `:id` of the path; empty on routes without one. */
  readonly id: string;
  /** How recent a login the router wants before someone ends or trusts other sessions; undefined: any. */
  readonly recentLogin: RecentLogin | undefined;
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
  /** Whether this call asks for what a stolen session must not do, where the router wants a recent login for that (A73). */
  readonly isSensitive?: (call: AdmittedCall<z.output<Query>, z.output<Body>>) => boolean;
  readonly answer: (call: AdmittedCall<z.output<Query>, z.output<Body>>) => Promise<Answer>;
}

/** A route for people who are signed in. Who asks is settled before anything they sent is read. */
export function route<Query extends z.ZodObject, Body extends z.ZodObject>({
  query,
  body,
  rules = usualRules,
  isSensitive = () => false,
  answer,
}: RouteDefinition<Query, Body>): Route {
  return async (call) => {
    const denied = await admit(call.sessions, call.req, call.res, rules);
    if (denied) throw denied.error;
    const admitted = {
      ...call,
      session: getSession(call.req, call.sessions),
      query: readFields(query, readQuery(call.search)),
      body: (body ? await readBody(body, call.req) : {}) as z.output<Body>,
    };
    if (call.recentLogin && isSensitive(admitted)) {
      const refused = await refuseOldLogin(call.sessions, admitted.session, call.recentLogin);
      if (refused) throw refused;
    }
    return answer(admitted);
  };
}

/** A route's body; none counts as empty. */
export async function readBody<Body extends z.ZodObject>(
  schema: Body,
  req: IncomingMessage,
): Promise<z.output<Body>> {
  return readFields(schema, (await readJsonBody(req)) ?? {});
}
