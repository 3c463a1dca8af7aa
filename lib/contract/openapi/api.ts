import type { Operation } from '../operation';
import type { SecurityScheme } from './types';

/** All that is said of a router beside its operations. */
export interface ApiDescription {
  readonly title: string;
  readonly summary: string;
  readonly description: string;
  /** What is in each section of its operations, in the order in which they are shown. */
  readonly sections: Readonly<Record<string, string>>;
  /** The ways to show a credential; any one of them will do. */
  readonly credentials: Readonly<Record<string, SecurityScheme>>;
}

/** A router, described in full. */
export interface Api extends ApiDescription {
  /** Of this library. */
  readonly version: string;
  readonly operations: readonly Operation[];
}
