import type { SurveyOutcome, SurveyQuery } from '../../../store/fleet';
import type { Backend } from '../backend';
import { type Place, placeAtStart, readPlace, writePlace } from '../survey/cursor';
import { readIndexes } from '../survey/indexes';
import { layoutOf, lookAgain } from '../survey/layout';
import { scan } from '../survey/scan';

/**
 * A step of SCAN on one primary, then the indexes that it came upon. Whatever could make the walk miss somebody has it begin anew:
 * a primary was restarted or replaced, a slot has moved.
 */
export async function survey(backend: Backend, { at, cursor }: SurveyQuery): Promise<SurveyOutcome> {
  const { client, calls, keys } = backend;
  const { place, scanned, servers } = await calls.run(async () => {
    const layout = layoutOf(client);
    const given = cursor === null ? placeAtStart(layout.name) : readPlace(cursor);
    const server = given?.layout === layout.name ? layout.servers[given.server] : undefined;
    if (!given || !server) return { servers: layout.servers.length };
    try {
      const step = await scan(server, given.position, keys.indexes());
      return { place: given, scanned: step, servers: layout.servers.length };
    } catch (fault) {
      // The server may be gone: when this is tried again the client knows who has taken its place.
      void lookAgain(client);
      throw fault;
    }
  });
  if (!place || (place.run !== '' && place.run !== scanned.run)) return anew(backend, []);
  const users = await readIndexes(backend, scanned.names, at);
  if (scanned.position !== '0') {
    const { position, run } = scanned;
    return { restarted: false, users, next: writePlace({ ...place, position, run }) };
  }
  return { ...(await leave(backend, place, servers)), users };
}

/** The server has no more: on to the next one, unless one that was walked before may have got somebody from it meanwhile. */
async function leave({ client, calls }: Backend, { layout, server }: Place, servers: number) {
  const now = await calls.run(async () => {
    await lookAgain(client);
    return layoutOf(client).name;
  });
  if (now !== layout) return { restarted: true, next: writePlace(placeAtStart(now)) };
  const isLast = server + 1 >= servers;
  return { restarted: false, next: isLast ? null : writePlace(placeAtStart(layout, server + 1)) };
}

async function anew({ client, calls }: Backend, users: SurveyOutcome['users']): Promise<SurveyOutcome> {
  const { name } = await calls.run(async () => layoutOf(client));
  return { restarted: true, users, next: writePlace(placeAtStart(name)) };
}
