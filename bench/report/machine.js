import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, totalmem, type } from 'node:os';
import { startPrivateRedis } from '../private-redis.js';

const gibibyte = 2 ** 30;

/** Where and with what it is measured. `load` is that of the minute before. */
export async function describeMachine() {
  const [processor] = cpus();
  return {
    day: new Date().toISOString().slice(0, 10),
    processor: processor?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memory: `${Math.round(totalmem() / gibibyte)} GiB`,
    system: `${type()} ${release()} ${arch()}`,
    load: (loadavg()[0] ?? 0).toFixed(2),
    versions: {
      node: process.versions.node,
      Redis: await redisVersion(),
      ...versionsOf('..', ['sessionkeeper', 'express', 'ioredis']),
      ...versionsOf('peers', peers()),
    },
  };
}

/** @typedef {Awaited<ReturnType<typeof describeMachine>>} Machine */

async function redisVersion() {
  const { redis, stop } = await startPrivateRedis();
  const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? 'unknown';
  stop();
  return version;
}

function peers() {
  return Object.keys(readPackage('peers').dependencies);
}

/** @param {string} folder from bench/ @param {string[]} names */
function versionsOf(folder, names) {
  return Object.fromEntries(
    names.map((name) => {
      const own = readPackage(folder).name === name;
      return [name, readPackage(own ? folder : `${folder}/node_modules/${name}`).version];
    }),
  );
}

/** @param {string} folder from bench/ */
function readPackage(folder) {
  return JSON.parse(readFileSync(new URL(`../${folder}/package.json`, import.meta.url), 'utf8'));
}
