/** The methods without a span, and why. Of every other, also of one that is added later, there is one. */
export const untold: ReadonlyMap<string, string> = new Map([
  ['on', 'registers a function'],
  ['now', 'reads the clock'],
  ['hasRecentLogin', 'compares two times'],
  ['verifyFromCache', 'counted: a span would cost more than the check'],
  ['access.at', 'reads the clock'],
  ['access.ask', "runs a function of the app's"],
  ['fleet.resume', 'answers nothing'],
]);
