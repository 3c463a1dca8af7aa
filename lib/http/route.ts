import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Operation } from '../contract/operation';
import type { SessionView } from '../domain/session-view';
import type { SessionManager } from '../session-manager';
import { admit } from './admission';
import { type AdmissionRules, usualRules } from './admission-rules';
import type { DisownPages } from './disowning/options';
import { readFields, readQuery } from './fields';
import { refuseWhileImpersonating } from './forbidden-while-impersonating';
import { readJsonBody } from './json-body';
import { type RecentLogin, refuseOldLogin } from './recent-login';
import { getSession } from './request-session';
import type { Answer, Endpoint, Exchange } from './router/endpoint';

/** What the session router knows of each request. */
export interface SessionContext {
  readonly sessions: SessionManager<object>;
  /** How recent a login the router wants before someone ends or trusts other sessions; undefined: any. */
  readonly recentLogin: RecentLogin | undefined;
  /** What the pages of links that say "this wasn't me" are told. */
  readonly disownPages: DisownPages;
}

/** A request to the session router. */
export type Call = SessionContext & Exchange;

/** An endpoint of the session router. */
export type SessionEndpoint = Endpoint<SessionContext>;

/** A call of someone signed in. */
interface OwnCall extends Call {
  readonly session: SessionView<object>;
}

/** The same, its query and body checked. */
export interface AdmittedCall<Query, Body> extends OwnCall {
  readonly query: Query;
  readonly body: Body;
}

interface RouteDefinition<Query, Body> {
  readonly rules?: AdmissionRules;
  /** Whether this call asks for what a stolen session must not do, where the router wants a recent login for that (A73). */
  readonly isSensitive?: (call: AdmittedCall<Query, Body>) => boolean;
  /** Whether the call may be made within an impersonated session: looking may, and changing anything may not, unless given (A76). */
  readonly isImpersonable?: (call: OwnCall) => boolean;
  readonly answer: (call: AdmittedCall<Query, Body>) => Promise<Answer>;
}

type BodyOf<Body extends z.ZodObject | undefined> = Body extends z.ZodObject ? z.output<Body> : undefined;

/** An endpoint for people who are signed in. Who asks is settled before anything they sent is read. */
export function route<Query extends z.ZodObject, Body extends z.ZodObject | undefined>(
  operation: Operation<Query, Body>,
  {
    rules = usualRules,
    isSensitive = () => false,
    isImpersonable = () => operation.method === 'GET',
    answer,
  }: RouteDefinition<z.output<Query>, BodyOf<Body>>,
): SessionEndpoint {
  return {
    operation,
    async answer(call) {
      const denied = await admit(call.sessions, call.req, call.res, rules);
      if (denied) throw denied.error;
      const own = { ...call, session: getSession(call.req, call.sessions) };
      if (!isImpersonable(own)) refuseWhileImpersonating(own.session);
      const admitted = {
        ...own,
        query: readFields(operation.query, readQuery(call.search)),
        body: (operation.body ? await readBody(operation.body, call.req) : undefined) as BodyOf<Body>,
      };
      if (call.recentLogin && isSensitive(admitted)) {
        const refused = await refuseOldLogin(call.sessions, admitted.session, call.recentLogin);
        if (refused) throw refused;
      }
      return answer(admitted);
    },
  };
}

/** A route's body; none counts as empty. */
export async function readBody<Body extends z.ZodObject>(
  schema: Body,
  req: IncomingMessage,
): Promise<z.output<Body>> {
  return readFields(schema, (await readJsonBody(req)) ?? {});
}
