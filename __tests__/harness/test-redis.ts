import { randomBytes } from 'node:crypto';

/** The server that all test files share. Its url is set by the global setup. */
export function testRedisUrl(): string {
  const url = process.env['TEST_REDIS_URL'];
  if (url === undefined || url === '') throw new Error('TEST_REDIS_URL is not set: run the tests through jest');
  return url;
}

/** What all keys of one run begin with. */
export function runPrefix(): string {
  return `skt-${process.env['TEST_RUN_ID'] ?? 'none'}`;
}

/** A key prefix that no other test uses. The keys are removed when the run ends. */
export function freshPrefix(): string {
  return `${runPrefix()}-${randomBytes(6).toString('hex')}`;
}
