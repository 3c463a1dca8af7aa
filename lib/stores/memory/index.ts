export { MemoryStore } from './memory-store';
export type { MemoryStoreOptions } from './memory-store-options';
