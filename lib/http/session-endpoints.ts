import type { SessionEndpoint } from './route';
import { activity } from './routes/activity';
import { amend } from './routes/amend';
import { disown } from './routes/disown';
import { devices } from './routes/devices';
import { end } from './routes/end';
import { endCurrent } from './routes/end-current';
import { endDevice } from './routes/end-device';
import { endMany } from './routes/end-many';
import { exchange } from './routes/exchange';
import { list } from './routes/list';
import { refresh } from './routes/refresh';
import { renameCurrent } from './routes/rename-current';
import { resolveLimit } from './routes/resolve-limit';
import { show } from './routes/show';
import { showCurrent } from './routes/show-current';
import { showDisowning } from './routes/show-disowning';
import { validate } from './routes/validate';

/** What `sessionRouter` can do for whoever is signed in or signs in. */
export const sessionEndpoints: readonly SessionEndpoint[] = [
  list,
  endMany,
  showCurrent,
  renameCurrent,
  endCurrent,
  refresh,
  resolveLimit,
  exchange,
  validate,
  activity,
  devices,
  endDevice,
  show,
  amend,
  end,
];

/** What it does with links that say "this wasn't me". */
export const disownEndpoints: readonly SessionEndpoint[] = [showDisowning, disown];
