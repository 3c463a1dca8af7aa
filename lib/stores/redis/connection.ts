import { Calls } from './calls';
import type { RedisClient } from './client';
import { StoreClock } from './clock';
import { warnUnlessNoEviction } from './eviction-policy';
import { warnOfPatience } from './given-client';
import type { RedisSettings } from './options';
import { OwnClient } from './own-client';
import { Reachability } from './reachability';
import { defineScripts, ScriptRunner, sendScript } from './script-runner';
import { serverAddress } from './server-address';

/** A client made ready for the store: it knows the scripts, the time and the deadline. */
export interface Connection {
  readonly client: RedisClient;
  readonly calls: Calls;
  readonly scripts: ScriptRunner;
  readonly clock: StoreClock;
  close(): Promise<void>;
}

export function openConnection(settings: RedisSettings, clockKey: string): Connection {
  const { source, deadlineMilliseconds, onIncident } = settings;
  const { client, own } = openClient(source);
  defineScripts(client);

  const reachability = new Reachability(serverAddress(client), onIncident);
  const calls = new Calls({ client, deadlineMilliseconds, own, reachability });
  const clock = new StoreClock(async () => {
    const [seconds, microseconds] = await calls.run(() => sendScript(client, 'clock', [clockKey]));
    return [Number(seconds), Number(microseconds)];
  });
  const scripts = new ScriptRunner(client, calls, clock);
  const stopWatching = watch(client, clock);
  return {
    client,
    calls,
    scripts,
    clock,
    async close() {
      stopWatching();
      calls.close();
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
  return { client: source.client, own: undefined };
}

/** Looks at the server whenever the connection is a new one: it may be another server, with another clock. */
function watch(client: RedisClient, clock: StoreClock): () => void {
  let isPolicyKnown = false;
  const onReady = (): void => {
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
