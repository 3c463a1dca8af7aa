import { isDisconnection } from '../faults';

/** What is used of an ioredis `Redis` to walk its keys; both major versions. */
export interface ScannedServer {
  multi(): Transaction;
}

interface Transaction {
  scan(cursor: string, match: 'MATCH', pattern: string, count: 'COUNT', keys: number): Transaction;
  info(section: string): Transaction;
  exec(): Promise<[fault: Error | null, reply: unknown][] | null>;
}

/** What one step of SCAN came upon. */
export interface Scanned {
  readonly names: readonly string[];
  /** '0': that was all. */
  readonly position: string;
  /** Another after a restart, and on another server. A position means nothing there. */
  readonly run: string;
}

// Redis looks at so many keys in about a millisecond.
const keysAtOnce = 1_000;

/**
 * One step of SCAN, and in the same transaction who answers it: a position is good for one run of one server, and between two commands
 * the connection may come to lead to another.
 */
export async function scan(server: ScannedServer, position: string, pattern: string): Promise<Scanned> {
  const replies = await server
    .multi()
    .scan(position, 'MATCH', pattern, 'COUNT', keysAtOnce)
    .info('server')
    .info('replication')
    .exec();
  const [scanned, about, role] = replies ?? [];
  if (!scanned) throw new Error('Connection is closed.');
  if (scanned[0]) throw scanned[0];
  if (/^role:slave/m.test(textOf(role))) throw new Error('READONLY the server is a replica');
  const [next, names] = scanned[1] as [next: string, names: string[]];
  return {
    names: [...new Set(names)],
    position: next,
    run: /^run_id:(\w{8})/m.exec(textOf(about))?.[1] ?? 'untold',
  };
}

/** Empty where the server does not tell, for want of permission. */
function textOf(reply: [fault: Error | null, reply: unknown] | undefined): string {
  const [fault, text] = reply ?? [];
  if (fault && isDisconnection(fault)) throw fault;
  return typeof text === 'string' ? text : '';
}
