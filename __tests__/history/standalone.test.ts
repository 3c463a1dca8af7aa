import { expectTruth, overheadMilliseconds } from './expect-truth';
import { runSettings } from './run-settings';

test(
  'B2 B16 four processes on one Redis tell no lie, whatever breaks',
  () => expectTruth('standalone'),
  runSettings().seconds * 1_000 + overheadMilliseconds,
);
