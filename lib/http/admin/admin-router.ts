import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuseUnknown } from '../../options/read-options';
import type { SessionManager } from '../../session-manager';
import { checkManager } from '../manager-argument';
import type { Middleware } from '../message';
import { Router } from '../router/router';
import { adminDocs } from './admin-docs';
import { adminEndpoints } from './admin-endpoints';
import type { AdminContext } from './guard/context';
import { adminGuard } from './guard/guard';
import { type AdminGuardOptions, guardNames, readGuard } from './guard/options';
import { refuseImpersonated } from './impersonated-actor';

/** Who may call {@link adminRouter}, and what it shows of itself. */
export interface AdminRouterOptions<Req extends IncomingMessage = IncomingMessage> extends AdminGuardOptions<Req> {
  /**
   * `guarded` (default): `GET /openapi.json` is for whoever is admitted. `public`: it is for anyone, and so is the page `GET /docs`, which
   * needs the package `swagger-ui-dist`; neither holds a secret. false: neither is there.
   */
  readonly docs?: 'guarded' | 'public' | false | undefined;
}

/**
 * The administrators' API, for back ends, support desks and other services: anyone's sessions, limits, locks and histories; counts over all
 * users and the end of everyone's sessions; introspection and revocation of tokens; impersonation; one-time tokens. `docs/admin-api.md` tells each route.
 *
 * Never mounted by default, and open to nobody by default: it takes `secrets` or `authorize`. Each operation takes a scope, each call is
 * in the access log, and what is changed tells in its audit which administrator did it. Answers JSON, refuses with problem+json, sends no
 * CORS headers, and keeps everything out of caches. Costs 1 round trip for the access log, 1 more where the actor has a session, 2 more where
 * `authorize` judges an Authorization header, and those of
 * the {@link SessionManager} method behind the route.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called; also without `secrets` and `authorize`
 */
export function adminRouter<Data extends object, Req extends IncomingMessage = IncomingMessage>(
  sessions: SessionManager<Data>,
  options: AdminRouterOptions<Req>,
): Middleware<Req> {
  checkManager(sessions, 'adminRouter');
  const given = refuseUnknown(options, [...guardNames, 'docs'], 'adminRouter');
  const settings = readGuard(given, 'adminRouter');
  const guard = adminGuard(sessions, settings);
  const endpoints = [...adminEndpoints, ...adminDocs(given.docs, settings)];
  // What a crash has left half ended: no request may come for it.
  sessions.fleet.resume();

  const router = new Router<AdminContext>('adminRouter', endpoints, (arrival, answer) =>
    guard(arrival, async (context) => {
      await refuseImpersonated(context);
      return answer(context);
    }),
  );

  return function adminRouter(req: Req, res: ServerResponse): void {
    void router.serve(req, res);
  };
}
