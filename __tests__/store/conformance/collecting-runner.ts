import { storeConformance } from '../../../lib/store/conformance';
import type { SessionStore } from '../../../lib/store/session-store';

/** Runs the suite on a store, all of it or the tests with this in their titles, and tells which failed, each as 'concern: title'. */
export async function failuresOf(open: () => SessionStore, among = ''): Promise<string[]> {
  const tests: { title: string; body: () => Promise<void> }[] = [];
  let concern = '';
  const runner = {
    describe(title: string, body: () => void): void {
      concern = title;
      body();
    },
    it(title: string, body: () => Promise<void>): void {
      tests.push({ title: `${concern}: ${title}`, body });
    },
  };
  storeConformance(runner, {
    async open() {
      const store = open();
      return { store, close: () => store.close() };
    },
  });

  const failed: string[] = [];
  for (const { title, body } of tests.filter((test) => test.title.includes(among))) {
    try {
      await body();
    } catch {
      failed.push(title);
    }
  }
  return failed;
}
