import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { redisCall } from '../../harness/redis-call';

/** Part of the key by which stores ask for the time, now and then, beside whatever they do. */
const clockKey = ':c:{000}';

/** What clients sent, or scripts did, while `work` ran and whose text holds `about`: command and arguments. */
export async function commandsDuring(
  url: string,
  about: string,
  work: () => Promise<unknown>,
  by: 'clients' | 'scripts' = 'clients',
): Promise<string[][]> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // ioredis' own monitor mode takes what comes with its first reply for an error.
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  const seen: string[][] = [];
  const mark = `end of work ${performance.now()}`;
  const end = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes(mark)) resolve();
      else if (line.includes(clockKey) || line.includes(' lua] ') !== (by === 'scripts')) return;
      else if (line.includes(about)) seen.push(wordsOf(line));
    });
  });
  socket.write('MONITOR\r\n');
  await once(lines, 'line');
  try {
    await work();
    await redisCall(url, ['ECHO', mark]);
    await end;
  } finally {
    socket.destroy();
  }
  return seen;
}

/** `+1700000000.123456 [0 127.0.0.1:5000] "get" "a\"b"`: words in quotes. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word);
}
