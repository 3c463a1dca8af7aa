import { expectTruth, overheadMilliseconds } from './expect-truth';
import { runSettings } from './run-settings';

test(
  'B4 B5 B12 four processes on Sentinel tell no lie, whatever fails over',
  () => expectTruth('sentinel'),
  runSettings().seconds * 1_000 + overheadMilliseconds,
);
