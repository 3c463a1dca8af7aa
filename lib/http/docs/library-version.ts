import { version } from '../../../package.json';

/** Of this library, as it was when it was built. */
export const libraryVersion: string = version;
