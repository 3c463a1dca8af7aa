/**
 * Answers the calls of the process that forked this one (`child.js`), and ends with it.
 *
 * @param {Record<string, (argument?: any) => unknown>} methods
 */
export function answerCalls(methods) {
  process.on('message', async (/** @type {{ id: number, method: string, argument: unknown }} */ message) => {
    const { id, method, argument } = message;
    try {
      process.send?.({ id, result: await methods[method]?.(argument) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => process.exit());
  process.send?.({ ready: true });
}
