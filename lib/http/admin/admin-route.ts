import type { z } from 'zod';
import type { Operation } from '../../contract/operation';
import type { Actor } from '../../domain/actor';
import { readFields, readQuery } from '../fields';
import { readBody } from '../route';
import type { Answer } from '../router/endpoint';
import type { AdminCall, AdminEndpoint } from './guard/context';

/** A call by an administrator whom the guard has let do this, its query and body checked. */
export interface CheckedAdminCall<Query, Body> extends AdminCall {
  readonly query: Query;
  readonly body: Body;
  /** Who does it, for the audit. */
  readonly by: Actor;
}

interface AdminDefinition<Query, Body> {
  readonly answer: (call: CheckedAdminCall<Query, Body>) => Promise<Answer>;
}

type BodyOf<Body extends z.ZodObject | undefined> = Body extends z.ZodObject ? z.output<Body> : undefined;

/** An endpoint for administrators. That their scopes allow it, the guard has seen to before anything they sent is read. */
export function adminRoute<Query extends z.ZodObject, Body extends z.ZodObject | undefined>(
  operation: Operation<Query, Body>,
  { answer }: AdminDefinition<z.output<Query>, BodyOf<Body>>,
): AdminEndpoint {
  return {
    operation,
    async answer(call) {
      return answer({
        ...call,
        by: { type: 'admin', id: call.actor.id },
        query: readFields(operation.query, readQuery(call.search)),
        body: (operation.body ? await readBody(operation.body, call.req) : undefined) as BodyOf<Body>,
      });
    },
  };
}
