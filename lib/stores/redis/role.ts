import { isDisconnection } from './faults';

/**
 * Whether a server is a replica. One that does not tell, for want of permission, is taken at its word that it takes writes.
 *
 * @throws where the connection was lost before the answer
 */
export async function isReplica(server: { info(section: string): Promise<string> }): Promise<boolean> {
  try {
    return /^role:slave/m.test(await server.info('replication'));
  } catch (fault) {
    if (fault instanceof Error && isDisconnection(fault)) throw fault;
    return false;
  }
}
