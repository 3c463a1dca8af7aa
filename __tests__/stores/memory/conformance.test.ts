import { storeConformance } from '../../../lib/store/conformance';
import { MemoryStore, type MemoryStoreOptions } from '../../../lib/stores/memory';
import { describeRetention } from '../../fixtures/retention-concerns';

const subject = (options: MemoryStoreOptions = {}) => ({
  async open() {
    const store = new MemoryStore(options);
    return { store, close: () => store.close() };
  },
});

storeConformance({ describe, it }, subject());

describe('with little kept', () => {
  const retention = {
    // The suite lives through hours, and looks back.
    endedSessions: '12h',
    expiredSessions: '12h',
    history: '1h',
    accessLog: '1h',
    failedLogins: '1d',
    knownDevices: '1d',
  } as const;
  storeConformance({ describe: describeRetention, it }, subject({ retention }));
});
