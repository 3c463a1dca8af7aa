/**
 * The longest stretch for which the event loop came to nothing else while `work` ran, in milliseconds: the longest of the turns of a
 * loop that is always ready for the next. `clock` also holds what other programs took of the machine meanwhile; for `block` a turn counts
 * for no more than this process, with its helper threads, computed in it.
 *
 * @param {() => Promise<unknown>} work
 */
export async function longestTurns(work) {
  let [clock, block, isOver] = [0, 0, false];
  let [lastClock, lastProcessor] = [performance.now(), processorMilliseconds()];
  /** @type {Promise<void>} */
  const ended = new Promise((resolve) => {
    const turn = () => {
      const [nowClock, nowProcessor] = [performance.now(), processorMilliseconds()];
      clock = Math.max(clock, nowClock - lastClock);
      block = Math.max(block, Math.min(nowClock - lastClock, nowProcessor - lastProcessor));
      [lastClock, lastProcessor] = [nowClock, nowProcessor];
      if (isOver) resolve();
      else setImmediate(turn);
    };
    setImmediate(turn);
  });
  await new Promise(setImmediate);
  [clock, block] = [0, 0];
  await work();
  isOver = true;
  await ended;
  return { clock, block };
}

function processorMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
