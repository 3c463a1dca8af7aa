import { Commands } from '../../../lib/store/conformance/commands';

/** Commands that no clock makes too late. */
export const commands = new Commands(Infinity);
