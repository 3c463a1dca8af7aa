import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';

const gibibyte = 2 ** 30;

/**
 * Where and with what something was measured, as one line of text.
 *
 * @param {import('ioredis').Redis} redis
 */
export async function describeSetting(redis) {
  const version = /^redis_version:(\S+)/m.exec(await redis.info('server'))?.[1] ?? '';
  const parts = [
    new Date().toISOString().slice(0, 10),
    `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / gibibyte)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    `Redis ${version}`,
    ...['.', 'node_modules/ioredis'].map((folder) => nameAndVersion(folder)),
    `load before ${(loadavg()[0] ?? 0).toFixed(2)}`,
  ];
  return parts.join(' · ');
}

/** @param {string} folder from the repository's root */
function nameAndVersion(folder) {
  const text = readFileSync(new URL(`../../${folder}/package.json`, import.meta.url), 'utf8');
  const { name, version } = JSON.parse(text);
  return `${name} ${version}`;
}
