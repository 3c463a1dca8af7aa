import type { Route } from './route';
import { activity } from './routes/activity';
import { amend } from './routes/amend';
import { end } from './routes/end';
import { endCurrent } from './routes/end-current';
import { endMany } from './routes/end-many';
import { list } from './routes/list';
import { refresh } from './routes/refresh';
import { renameCurrent } from './routes/rename-current';
import { resolveLimit } from './routes/resolve-limit';
import { show } from './routes/show';
import { showCurrent } from './routes/show-current';
import { validate } from './routes/validate';

type Methods = ReadonlyMap<string, Route>;

/** What a path leads to. */
interface Place {
  readonly methods: Methods;
  readonly id: string;
}

const places: ReadonlyMap<string, Methods> = new Map([
  ['/', methods({ GET: list, DELETE: endMany })],
  ['/current', methods({ GET: showCurrent, PATCH: renameCurrent, DELETE: endCurrent })],
  ['/refresh', methods({ POST: refresh })],
  ['/limit-resolutions', methods({ POST: resolveLimit })],
  ['/validate', methods({ POST: validate })],
  ['/activity', methods({ GET: activity })],
]);

const oneSession = methods({ GET: show, PATCH: amend, DELETE: end });

export function findPlace(path: string): Place | undefined {
  const bare = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const known = places.get(bare);
  if (known) return { methods: known, id: '' };
  const id = /^\/([^/]+)$/.exec(bare)?.[1];
  return id === undefined ? undefined : { methods: oneSession, id };
}

/** The `Allow` header of a place. */
export function allowed({ methods }: Place): string {
  return [...methods.keys(), 'OPTIONS'].join(', ');
}

/** HEAD is GET; node:http leaves the body out. */
function methods(routes: Readonly<Record<string, Route>>): Methods {
  const entries = Object.entries(routes);
  const get = routes['GET'];
  return new Map(get ? [...entries, ['HEAD', get]] : entries);
}
