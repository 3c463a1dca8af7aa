import { createHash } from 'node:crypto';
import type { Retention } from '../../store/retention';
import { keptEvents } from './kept-events';
import accessLog from './scripts/access-log.lua';
import amend from './scripts/amend.lua';
import appendFeed from './scripts/append-feed.lua';
import audit from './scripts/audit.lua';
import claimOutbox from './scripts/claim-outbox.lua';
import clock from './scripts/clock.lua';
import consumeOneTime from './scripts/consume-one-time.lua';
import count from './scripts/count.lua';
import counter from './scripts/counter.lua';
import create from './scripts/create.lua';
import erase from './scripts/erase.lua';
import forgetAccess from './scripts/forget-access.lua';
import forgetFeed from './scripts/forget-feed.lua';
import lettersOf from './scripts/letters-of.lua';
import disown from './scripts/disown.lua';
import glance from './scripts/glance.lua';
import limits from './scripts/limits.lua';
import list from './scripts/list.lua';
import logAccess from './scripts/log-access.lua';
import note from './scripts/note.lua';
import oneTime from './scripts/one-time.lua';
import oneTimesOf from './scripts/one-times-of.lua';
import outbox from './scripts/outbox.lua';
import putOneTime from './scripts/put-one-time.lua';
import raiseFloor from './scripts/raise-floor.lua';
import readFeed from './scripts/read-feed.lua';
import record from './scripts/record.lua';
import rekey from './scripts/rekey.lua';
import repeat from './scripts/repeat.lua';
import reset from './scripts/reset.lua';
import retire from './scripts/retire.lua';
import reviveLetters from './scripts/revive-letters.lua';
import revokeAll from './scripts/revoke-all.lua';
import revoke from './scripts/revoke.lua';
import rotate from './scripts/rotate.lua';
import saveFleetEnding from './scripts/save-fleet-ending.lua';
import scan from './scripts/scan.lua';
import setLimit from './scripts/set-limit.lua';
import settleOutbox from './scripts/settle-outbox.lua';
import tallySignIns from './scripts/tally-sign-ins.lua';
import touch from './scripts/touch.lua';
import trim from './scripts/trim.lua';

export interface Script {
  /** How the client calls it: named by its text, so that two versions of the library may share a client. */
  readonly command: string;
  readonly lua: string;
  readonly numberOfKeys: number;
}

/** The same for all stores: it goes to servers that were taught no other. */
export const scanScript = script('scan', 0, scan);

/** The scripts of a store, which obey its retention: it stands in their texts, and so decides their names. */
export function scriptTexts(retention: Retention) {
  const retained = Object.entries(retention).map(([name, value]) => `${name} = ${value}`);
  const prelude = `local retention = { ${retained.join(', ')} }\n${record}${keptEvents}\n${audit}`;
  return {
    accessLog: script('accessLog', 2, accessLog),
    amend: script('amend', 1, prelude + telling(amend)),
    appendFeed: script('appendFeed', 1, prelude + appendFeed),
    claimOutbox: script('claimOutbox', 5, prelude + outbox + claimOutbox),
    clock: script('clock', 1, clock),
    consumeOneTime: script('consumeOneTime', 1, prelude + oneTime + telling(consumeOneTime)),
    count: script('count', 1, prelude + counter + telling(count)),
    create: script('create', 5, prelude + oneTime + glance + limits + telling(create)),
    erase: script('erase', 5, prelude + outbox + erase),
    forgetAccess: script('forgetAccess', 2, prelude + forgetAccess),
    forgetFeed: script('forgetFeed', 1, prelude + forgetFeed),
    lettersOf: script('lettersOf', 3, prelude + outbox + lettersOf),
    disown: script('disown', 4, prelude + oneTime + glance + telling(disown)),
    list: script('list', 1, prelude + glance + list),
    logAccess: script('logAccess', 2, prelude + logAccess),
    note: script('note', 1, prelude + telling(note)),
    oneTimesOf: script('oneTimesOf', 1, prelude + oneTimesOf),
    putOneTime: script('putOneTime', 1, prelude + oneTime + telling(putOneTime)),
    raiseFloor: script('raiseFloor', 1, prelude + raiseFloor),
    readFeed: script('readFeed', 1, readFeed),
    rekey: script('rekey', 1, prelude + telling(rekey)),
    repeat: script('repeat', 1, prelude + telling(repeat)),
    reset: script('reset', 1, prelude + counter + telling(reset)),
    retire: script('retire', 1, prelude + telling(retire)),
    reviveLetters: script('reviveLetters', 4, prelude + outbox + reviveLetters),
    revoke: script('revoke', 1, prelude + telling(revoke)),
    revokeAll: script('revokeAll', 3, prelude + glance + telling(revokeAll)),
    rotate: script('rotate', 1, prelude + rotate),
    saveFleetEnding: script('saveFleetEnding', 1, prelude + saveFleetEnding),
    scan: scanScript,
    setLimit: script('setLimit', 2, prelude + telling(setLimit)),
    settleOutbox: script('settleOutbox', 6, prelude + outbox + settleOutbox),
    tallySignIns: script('tallySignIns', 1, prelude + tallySignIns),
    touch: script('touch', 1, prelude + touch),
    trim: script('trim', 4, prelude + glance + limits + telling(trim)),
  } as const;
}

export type Scripts = ReturnType<typeof scriptTexts>;

export type ScriptName = keyof Scripts;

/** A script that writes entries: its reply tells of those that could not be written. */
function telling(lua: string): string {
  return `local function run()\n${lua}\nend\nreturn with_untold(run())\n`;
}

function script(name: string, numberOfKeys: number, lua: string): Script {
  const digest = createHash('sha1').update(lua).digest('hex').slice(0, 8);
  return { command: `sessionkeeper_${name}_${digest}`, lua, numberOfKeys };
}
