import type { DeviceType } from '../../../domain/client';
import type { SessionId, UserKey } from '../../../domain/session-id';
import { userKeyLength } from '../../../domain/session-id';
import type { SurveyedUser } from '../../../store/fleet';
import type { Backend } from '../backend';
import { deviceTypeOf, impersonationCode } from '../device-letters';
import { idOf } from '../keys';

const nameBytes = 22;
// So few that others get their turn in between.
const usersAtOnce = 50;
const firstPage = 40;
const nextPages = 1_000;

type Source = Pick<Backend, 'client' | 'calls'> & {
  readonly client: {
    zrangebyscoreBuffer(
      key: string,
      min: string,
      max: '+inf',
      limit: 'LIMIT',
      offset: number,
      count: number,
    ): Promise<Buffer[]>;
  };
};

/** The users of these indexes, as far as they have live sessions. */
export async function readIndexes(
  backend: Pick<Backend, 'client' | 'calls'>,
  names: readonly string[],
  at: number,
): Promise<SurveyedUser[]> {
  const source = backend as Source;
  const users: SurveyedUser[] = [];
  for (let first = 0; first < names.length; first += usersAtOnce) {
    const some = names.slice(first, first + usersAtOnce);
    const pages = await source.calls.run(() =>
      Promise.all(some.map((name) => page(source, name, at, 0, firstPage))),
    );
    for (const [index, name] of some.entries()) {
      const members = pages[index]!;
      if (members.length === firstPage) members.push(...(await rest(source, name, at)));
      if (members.length > 0) users.push(userOf(name, members));
    }
  }
  return users;
}

async function rest(source: Source, name: string, at: number): Promise<Buffer[]> {
  const members: Buffer[] = [];
  for (;;) {
    const offset = firstPage + members.length;
    const more = await source.calls.run(() => page(source, name, at, offset, nextPages));
    members.push(...more);
    if (more.length < nextPages) return members;
  }
}

function page({ client }: Source, name: string, at: number, offset: number, count: number): Promise<Buffer[]> {
  return client.zrangebyscoreBuffer(name, `(${Math.trunc(at)}`, '+inf', 'LIMIT', offset, count);
}

function userOf(name: string, members: readonly Buffer[]): SurveyedUser {
  const deviceTypes: Partial<Record<DeviceType, number>> = {};
  const sessions: SessionId[] = [];
  for (const member of members) {
    const code = member[nameBytes]!;
    const id = idOf(member.toString('latin1', 0, nameBytes));
    if (code === impersonationCode || !id) continue;
    const type = deviceTypeOf(code);
    deviceTypes[type] = (deviceTypes[type] ?? 0) + 1;
    sessions.push(id);
  }
  return { user: name.slice(-userKeyLength) as UserKey, deviceTypes, sessions };
}
