/**
 * What telemetry adds to a check: `npm run bench:telemetry` (a minute; `-- --brief` for function only). The variants take turns, round
 * after round, in one process; processor time of that process, which holds OpenTelemetry's SDK as an app does.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { AggregationTemporality, InMemoryMetricExporter } from '@opentelemetry/sdk-metrics';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import { RedisStore, SessionManager } from 'sessionkeeper';
import { forEachNumber, signInFrom } from './measure/sign-in.js';
import { median } from './measure/statistics.js';
import { startPrivateRedis } from './private-redis.js';
import { table } from './report/table.js';
import { describeSetting } from './scale/setting.js';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false } } });
const rounds = values.brief ? 2 : 15;
const cachedChecks = values.brief ? 1_000 : 100_000;
const readChecks = values.brief ? 200 : 10_000;
const people = 200;
const atOnce = 50;

/** Spans go where exporters' go, in batches, and are dropped there. @type {import('@opentelemetry/sdk-trace-base').SpanExporter} */
const exporter = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => undefined };
const processor = () => new BatchSpanProcessor(exporter, { maxQueueSize: 10_000, scheduledDelayMillis: 200 });
const reader = new PeriodicExportingMetricReader({
  exporter: new InMemoryMetricExporter(AggregationTemporality.DELTA),
  exportIntervalMillis: 60_000,
});
const meter = new MeterProvider({ readers: [reader] }).getMeter('bench');
const everything = new BasicTracerProvider({ spanProcessors: [processor()] }).getTracer('bench');
const tenth = new BasicTracerProvider({
  spanProcessors: [processor()],
  sampler: new TraceIdRatioBasedSampler(0.1),
}).getTracer('bench');

/** @type {readonly { name: string, telemetry?: import('sessionkeeper').TelemetryOptions }[]} */
const variants = [
  { name: 'off' },
  { name: 'metrics', telemetry: { meter } },
  { name: 'metrics, a tenth of the spans', telemetry: { meter, tracer: tenth } },
  { name: 'metrics, all spans', telemetry: { meter, tracer: everything } },
];

const { url, redis, stop } = await startPrivateRedis();
const contenders = variants.map(({ name, telemetry }) => {
  const open = (/** @type {object} */ more) =>
    new SessionManager({ store: new RedisStore({ url }), ...(telemetry && { telemetry }), ...more });
  return {
    ...{ name, plain: open({}), cached: open({ nearCache: { maxStale: '60s' } }) },
    ...{ read: /** @type {number[]} */ ([]), hit: /** @type {number[]} */ ([]) },
  };
});
/** @type {string[]} */
const tokens = [];
const first = /** @type {typeof contenders[0]} */ (contenders[0]);
await forEachNumber({ to: people, atOnce }, async (number) => {
  tokens.push((await signInFrom(first.plain, `user-${number}`, number)).accessToken);
});

for (let round = 0; round <= rounds; round += 1) {
  for (let turn = 0; turn < contenders.length; turn += 1) {
    const contender = /** @type {typeof first} */ (contenders[(turn + round) % contenders.length]);
    const { plain, cached, read, hit } = contender;
    await fill(cached);
    const ofRead = await processorTime(readChecks, () =>
      forEachNumber({ to: readChecks, atOnce }, (number) => plain.verify(tokenOf(number))),
    );
    const ofHit = await processorTime(cachedChecks, async () => {
      for (let number = 0; number < cachedChecks; number += 1) {
        if (!cached.verifyFromCache(tokenOf(number))) throw new Error('the near cache did not answer');
      }
    });
    // The first round compiles what it meets.
    if (round > 0) {
      read.push(ofRead);
      hit.push(ofHit);
    }
  }
}

console.log(`${await describeSetting(redis)}\n`);
console.log(`Processor time of the process a check, in microseconds: median of ${rounds} rounds.\n`);
const rows = contenders.map(({ name, read, hit }) => [name, median(hit).toFixed(2), median(read).toFixed(1)]);
console.log(table(['telemetry', 'answered by the near cache', 'one read from Redis'], rows, { figures: true }));
for (const { plain, cached } of contenders) await Promise.all([plain.close(), cached.close()]);
stop();
process.exit(0);

/** Until the near cache has them all: a first use is recorded, which drops what was kept. @param {SessionManager} sessions */
async function fill(sessions) {
  for (let missing = people; missing > 0;) {
    await forEachNumber({ to: people, atOnce }, (number) => sessions.verify(tokenOf(number)));
    await sessions.flush();
    await pause(20);
    missing = tokens.filter((token) => !sessions.verifyFromCache(token)).length;
  }
}

/** @param {number} number */
function tokenOf(number) {
  return /** @type {string} */ (tokens[number % people]);
}

/** In microseconds for each. @param {number} times @param {() => Promise<void>} work */
async function processorTime(times, work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
