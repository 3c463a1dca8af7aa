import { userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { SessionStore } from '../session-store';
import { type Commands, newKeys, replaced } from './commands';
import { evict, limits, newOneTime, onReached } from './limits';
import { newRecord, second } from './records';

/** Sends one command; sent again, it is the same command. */
export type Sender = (store: SessionStore) => Promise<{ readonly status: string }>;

/** Makes a command about this session from what it is now. */
type Maker = (commands: Commands, record: SessionRecord) => Sender;

/** One command of each kind that carries an attempt. */
export const everyWrite = {
  'a sign-in that replaces': (commands, record) => {
    const at = record.lastSeenAt + second;
    const successor = newRecord({ userId: record.profile.userId, at });
    const command = commands.create(successor, { replaces: [replaced(record)] });
    return (store) => store.create(command);
  },
  'a sign-in that makes room': (commands, record) => {
    const successor = newRecord({ userId: record.profile.userId, at: record.lastSeenAt + second });
    const command = commands.create(successor, { limits: limits({ user: 1 }), evict: evict('oldest') });
    return (store) => store.create(command);
  },
  'a sign-in that is refused': (commands, record) => {
    const { userId } = record.profile;
    const at = record.lastSeenAt + second;
    const given = { limits: limits({ user: 1 }), onReached: onReached(newOneTime(userId), at) };
    const command = commands.create(newRecord({ userId, at }), given);
    return (store) => store.create(command);
  },
  'a trim': (commands, record) => {
    const command = commands.trim(record.profile.userId, record.lastSeenAt + second, limits({ user: 0 }));
    return (store) => store.trim(command);
  },
  'setting a limit': (commands, record) => {
    const command = commands.setLimit(record.profile.userId, 1_000);
    return async (store) => {
      await store.setLimit(command);
      return { status: 'set' };
    };
  },
  'a note': (commands, record) => {
    const command = commands.note(record.profile.userId, record.lastSeenAt + second);
    return async (store) => {
      await store.note(command);
      return { status: 'noted' };
    };
  },
  'a rotation': (commands, record) => {
    const command = commands.rotate(record);
    return (store) => store.rotate(command);
  },
  'a repeat': (commands, record) => {
    const command = commands.repeat(record);
    return (store) => store.repeat(command);
  },
  'a change of keys': (commands, record) => {
    const command = commands.rekey(record);
    return (store) => store.rekey(command);
  },
  'a change of keys that amends': (commands, record) => {
    const profile = { ...record.profile, methods: ['otp'] };
    const amendment = {
      version: record.version,
      profile,
      authenticatedAt: record.lastSeenAt + second,
      stepUp: false,
    };
    const command = commands.rekey(record, { amendment });
    return (store) => store.rekey(command);
  },
  'an amendment': (commands, record) => {
    const command = commands.amend(record, { data: { theme: 'light' } });
    return (store) => store.amend(command);
  },
  'retiring the access token': (commands, record) => {
    const command = commands.retire(record, 'access');
    return (store) => store.retire(command);
  },
  'retiring the refresh token': (commands, record) => {
    const command = commands.retire(record, 'refresh');
    return (store) => store.retire(command);
  },
  'a revocation': (commands, record) => {
    const command = commands.revoke(record, { owner: userKey(record.profile.userId) });
    return (store) => store.revoke(command);
  },
  'a revoke-all': (commands, record) => {
    const command = commands.revokeAll(record.profile.userId, record.lastSeenAt + second);
    return (store) => store.revokeAll(command);
  },
  'a revoke-all but one': (commands, record) => {
    const keeping = { except: record.id, rekey: newKeys(record) };
    const command = commands.revokeAll(record.profile.userId, record.lastSeenAt + second, keeping);
    return (store) => store.revokeAll(command);
  },
  'a revoke-all of the untrusted': (commands, record) => {
    const untrusted = { epoch: null, untrustedOnly: true };
    const command = commands.revokeAll(record.profile.userId, record.lastSeenAt + second, untrusted);
    return (store) => store.revokeAll(command);
  },
  'a disowning': (commands, record) => disowning(commands, record, record.createdAt),
  'a disowning of a later sign-in': (commands, record) => disowning(commands, record, record.createdAt + 1),
} satisfies Record<string, Maker>;

/** With the token that it takes, which is put once however often it is sent. */
function disowning(commands: Commands, record: SessionRecord, since: number): Sender {
  const { userId } = record.profile;
  const oneTime = newOneTime(userId, { expiresAt: record.absoluteExpiresAt });
  const [put, command] = [
    commands.putOneTime(oneTime),
    commands.disown(oneTime, userId, since, { at: record.lastSeenAt + second }),
  ];
  return async (store) => {
    await store.putOneTime(put);
    return store.disown(command);
  };
}

export type WriteName = keyof typeof everyWrite;

export const writeNames = Object.keys(everyWrite) as WriteName[];
