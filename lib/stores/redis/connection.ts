import { Calls } from './calls';
import type { RedisClient } from './client';
import { StoreClock } from './clock';
import { Masters } from './durability/masters';
import { ConfirmedWrites, type SecurityWrites, trustingWrites } from './durability/security-writes';
import { warnUnlessNoEviction } from './eviction-policy';
import { followSwitches, warnOfPatience } from './given-client';
import { successorFinder } from './hung-master';
import { tell } from './incidents';
import { keepOffReplicas } from './masters-only';
import type { RedisSettings } from './options';
import { OwnClient } from './own-client';
import { PrimaryCheck } from './primary-check';
import { Reachability } from './reachability';
import { defineScripts, ScriptRunner, sendScript } from './script-runner';
import { scriptTexts } from './script-texts';
import { serverAddress } from './server-address';
import { undoUnaskedEnds } from './unasked-end';

/** A client made ready for the store: it knows the scripts, the time and the deadline. */
export interface Connection {
  readonly client: RedisClient;
  readonly calls: Calls;
  readonly scripts: ScriptRunner;
  readonly security: SecurityWrites;
  readonly clock: StoreClock;
  close(): Promise<void>;
}

export function openConnection(settings: RedisSettings, clockKey: string): Connection {
  const { source, deadlineMilliseconds, onIncident, durability, retention } = settings;
  const { client, own } = openClient(source);
  const texts = scriptTexts(retention);
  defineScripts(client, Object.values(texts));

  const reachability = new Reachability(serverAddress(client), onIncident);
  const primary = new PrimaryCheck(client);
  const calls = new Calls({
    ...{ client, deadlineMilliseconds, own, primary, reachability },
    onOverdue: successorFinder(client),
  });
  const onClockWentBack = (milliseconds: number): void =>
    tell(onIncident, { kind: 'clock-went-back', milliseconds });
  const clock = new StoreClock(async () => {
    const [seconds, microseconds] = await calls.run(() => sendScript(client, texts.clock, [clockKey]));
    return [Number(seconds), Number(microseconds)];
  }, onClockWentBack);
  const scripts = new ScriptRunner(client, texts, calls, clock);
  const onWaitRefused = (cause: string): void => tell(onIncident, { kind: 'wait-refused', cause });
  const security = durability
    ? new ConfirmedWrites(
        scripts,
        new Masters(client, texts, durability, deadlineMilliseconds, onWaitRefused),
        deadlineMilliseconds,
      )
    : trustingWrites(scripts);
  const stopWatching = watch(client, clock);
  const stopKeepingOff = keepOffReplicas(client);
  const stopUndoing = undoUnaskedEnds(client);
  return {
    client,
    calls,
    scripts,
    security,
    clock,
    async close() {
      stopWatching();
      stopKeepingOff();
      stopUndoing();
      await security.close();
      calls.close();
      primary.close();
      await own?.close();
    },
  };
}

function openClient(source: RedisSettings['source']): { client: RedisClient; own: OwnClient | undefined } {
  if ('url' in source) {
    const own = new OwnClient(source.url);
    return { client: own.client, own };
  }
  warnOfPatience(source.client);
  followSwitches(source.client);
  return { client: source.client, own: undefined };
}

/** Looks at the server whenever the connection is a new one: it may be another server, with another clock. */
function watch(client: RedisClient, clock: StoreClock): () => void {
  let isPolicyKnown = false;
  const onReady = (): void => {
    clock.expire();
    clock.measure().catch(() => undefined);
    if (isPolicyKnown) return;
    isPolicyKnown = true;
    warnUnlessNoEviction(client).catch(() => undefined);
  };
  const onNode = (): void => clock.expire();
  client.on('ready', onReady);
  client.on('+node', onNode);
  if (client.status === 'ready') onReady();
  return () => {
    client.off('ready', onReady);
    client.off('+node', onNode);
  };
}
