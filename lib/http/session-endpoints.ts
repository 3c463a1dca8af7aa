import type { SessionEndpoint } from './route';
import { activity } from './routes/activity';
import { amend } from './routes/amend';
import { end } from './routes/end';
import { endCurrent } from './routes/end-current';
import { endMany } from './routes/end-many';
import { exchange } from './routes/exchange';
import { list } from './routes/list';
import { refresh } from './routes/refresh';
import { renameCurrent } from './routes/rename-current';
import { resolveLimit } from './routes/resolve-limit';
import { show } from './routes/show';
import { showCurrent } from './routes/show-current';
import { validate } from './routes/validate';

/** What `sessionRouter` can do, beside showing its documentation. */
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
  show,
  amend,
  end,
];
