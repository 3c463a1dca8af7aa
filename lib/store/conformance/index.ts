export { storeConformance } from './store-conformance';
export type { ConformanceRunner, ConformanceSubject, OpenedStore } from './runner';
