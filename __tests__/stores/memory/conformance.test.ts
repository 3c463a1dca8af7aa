import { storeConformance } from '../../../lib/store/conformance';
import { MemoryStore } from '../../../lib/stores/memory';

storeConformance(
  { describe, it },
  {
    async open() {
      const store = new MemoryStore();
      return { store, close: () => store.close() };
    },
  },
);
