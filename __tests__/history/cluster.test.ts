import { expectTruth, overheadMilliseconds } from './expect-truth';
import { runSettings } from './run-settings';

test(
  'B4 B5 B8 four processes on Cluster tell no lie, whatever fails over or moves',
  () => expectTruth('cluster'),
  runSettings().seconds * 1_000 + overheadMilliseconds,
);
