import { Calls } from './calls';
import type { RedisClient } from './client';
import { StoreClock } from './clock';
import { warnUnlessNoEviction } from './eviction-policy';
import { warnOfPatience } from './given-client';
import type { RedisSettings } from './options';
import { breakSilence, closeOwnClient, openOwnClient } from './own-client';
import { defineScripts, ScriptRunner, sendScript } from './script-runner';

/** A client made ready for the store: it knows the scripts, the time and the deadline. */
export interface Connection {
  readonly client: RedisClient;
  readonly calls: Calls;
  readonly scripts: ScriptRunner;
  readonly clock: StoreClock;
  close(): Promise<void>;
}

export function openConnection(settings: RedisSettings, clockKey: string): Connection {
  const { client, onSilence, closeClient } = openClient(settings);
  defineScripts(client);
  const calls = new Calls({ client, deadlineMilliseconds: settings.deadlineMilliseconds, onSilence });

  let isChecked = false;
  const clock = new StoreClock(
    async () => {
      const [seconds, microseconds] = await calls.run(() => sendScript(client, 'clock', [clockKey]));
      return [Number(seconds), Number(microseconds)];
    },
    () => {
      scripts.forgetServers();
      if (isChecked) return;
      isChecked = true;
      warnUnlessNoEviction(client).catch(() => undefined);
    },
  );
  const scripts = new ScriptRunner(client, calls, clock);

  const remeasure = (): void => clock.expire();
  client.on('ready', remeasure);
  client.on('+node', remeasure);
  return {
    client,
    calls,
    scripts,
    clock,
    async close() {
      client.off('ready', remeasure);
      client.off('+node', remeasure);
      calls.close();
      await closeClient();
    },
  };
}

function openClient({ source }: RedisSettings): {
  client: RedisClient;
  onSilence: () => void;
  closeClient: () => Promise<void>;
} {
  if ('client' in source) {
    warnOfPatience(source.client);
    return { client: source.client, onSilence: () => undefined, closeClient: () => Promise.resolve() };
  }
  const client = openOwnClient(source.url);
  return { client, onSilence: breakSilence(client), closeClient: () => closeOwnClient(client) };
}
