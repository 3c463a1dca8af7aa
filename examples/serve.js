import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Serves an app to this machine only. On SIGINT and SIGTERM it takes no more requests, lets those in flight finish, and
 * then calls `stop`. Answers the port: a free one where 0 was asked for.
 */
export async function serve(app, port, stop = () => {}) {
  const server = createServer(app).listen(Number(port), '127.0.0.1');
  await once(server, 'listening');
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      server.close(stop);
      // Connections that are busy now end once they have been answered, not seconds later.
      server.keepAliveTimeout = 1;
    });
  }
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return address.port;
}
