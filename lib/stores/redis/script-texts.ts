import { createHash } from 'node:crypto';
import { retention } from '../../store/retention';
import accessLog from './scripts/access-log.lua';
import amend from './scripts/amend.lua';
import audit from './scripts/audit.lua';
import clock from './scripts/clock.lua';
import consumeOneTime from './scripts/consume-one-time.lua';
import count from './scripts/count.lua';
import counter from './scripts/counter.lua';
import create from './scripts/create.lua';
import glance from './scripts/glance.lua';
import limits from './scripts/limits.lua';
import list from './scripts/list.lua';
import logAccess from './scripts/log-access.lua';
import oneTime from './scripts/one-time.lua';
import putOneTime from './scripts/put-one-time.lua';
import raiseFloor from './scripts/raise-floor.lua';
import record from './scripts/record.lua';
import rekey from './scripts/rekey.lua';
import repeat from './scripts/repeat.lua';
import reset from './scripts/reset.lua';
import retire from './scripts/retire.lua';
import revokeAll from './scripts/revoke-all.lua';
import revoke from './scripts/revoke.lua';
import rotate from './scripts/rotate.lua';
import saveFleetEnding from './scripts/save-fleet-ending.lua';
import scan from './scripts/scan.lua';
import setLimit from './scripts/set-limit.lua';
import tallySignIns from './scripts/tally-sign-ins.lua';
import touch from './scripts/touch.lua';
import trim from './scripts/trim.lua';

export interface Script {
  /** How the client calls it: named by its text, so that two versions of the library may share a client. */
  readonly command: string;
  readonly lua: string;
  readonly numberOfKeys: number;
}

const retained = Object.entries(retention).map(([name, value]) => `${name} = ${value}`);
const prelude = `local retention = { ${retained.join(', ')} }\n${record}${audit}`;

export const scripts = {
  accessLog: script('accessLog', 2, accessLog),
  amend: script('amend', 1, prelude + amend),
  clock: script('clock', 1, clock),
  consumeOneTime: script('consumeOneTime', 1, prelude + oneTime + consumeOneTime),
  count: script('count', 1, prelude + counter + count),
  create: script('create', 5, prelude + oneTime + glance + limits + create),
  list: script('list', 1, prelude + glance + list),
  logAccess: script('logAccess', 2, prelude + logAccess),
  putOneTime: script('putOneTime', 1, prelude + oneTime + putOneTime),
  raiseFloor: script('raiseFloor', 1, prelude + raiseFloor),
  rekey: script('rekey', 1, prelude + rekey),
  repeat: script('repeat', 1, prelude + repeat),
  reset: script('reset', 1, prelude + counter + reset),
  retire: script('retire', 1, prelude + retire),
  revoke: script('revoke', 1, prelude + revoke),
  revokeAll: script('revokeAll', 3, prelude + glance + revokeAll),
  rotate: script('rotate', 1, prelude + rotate),
  saveFleetEnding: script('saveFleetEnding', 1, prelude + saveFleetEnding),
  scan: script('scan', 0, scan),
  setLimit: script('setLimit', 2, prelude + setLimit),
  tallySignIns: script('tallySignIns', 1, prelude + tallySignIns),
  touch: script('touch', 1, prelude + touch),
  trim: script('trim', 4, prelude + glance + limits + trim),
} as const;

export type ScriptName = keyof typeof scripts;

function script(name: string, numberOfKeys: number, lua: string): Script {
  const digest = createHash('sha1').update(lua).digest('hex').slice(0, 8);
  return { command: `sessionkeeper_${name}_${digest}`, lua, numberOfKeys };
}
