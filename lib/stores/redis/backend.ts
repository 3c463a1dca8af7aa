import type { Retention } from '../../store/retention';
import type { Calls } from './calls';
import type { RedisClient } from './client';
import type { SecurityWrites } from './durability/security-writes';
import type { Keys } from './keys';
import type { Records } from './records';
import type { ScriptRunner, Timing } from './script-runner';

/** What the verbs work with. */
export interface Backend {
  readonly client: RedisClient;
  readonly calls: Calls;
  readonly scripts: ScriptRunner;
  /** For the scripts that end sessions and tokens. */
  readonly security: SecurityWrites;
  readonly keys: Keys;
  readonly records: Records;
  readonly retention: Retention;
  /** For a further step of a verb that takes several: each has the whole deadline. */
  readonly stamp: () => Promise<Timing>;
}
