import { profileClient } from '../device/client-profile';
import { durationMilliseconds, formatDuration } from '../domain/duration';
import { SessionError } from '../domain/error';
import type { Lifetimes } from '../domain/lifetimes';
import { mintSessionId } from '../domain/session-id';
import type { Profile, SessionRecord, Windows } from '../domain/session-record';
import type { DeviceParser, ManagerSettings } from '../options/manager-options';
import { optionError, refuseUnknown } from '../options/read-options';
import { shorten, windowsOf } from '../policies/lifetimes';
import type { NewKeys } from '../store/commands';
import { checkMilliseconds, checkText, checkUserId, checkWords, invalidField } from './check';
import type { CreateInput } from './inputs';
import { checkData } from './session-data';

const inputNames = [
  'userId',
  'startedAt',
  'applicationId',
  'remember',
  'client',
  'deviceId',
  'scope',
  'data',
  'authenticatedAt',
  'methods',
  'lifetimes',
  'replaces',
  'limit',
  'carry',
  'failures',
  'onJudged',
];
const maxApplicationBytes = 64;
const maxDeviceIdBytes = 64;

/** A sign-in with its input checked and its lifetimes fixed: all that is left is keys and the time. Plain JSON. */
export interface SessionDraft {
  readonly applicationId: string;
  /** null: the time it is stored. */
  readonly startedAt: number | null;
  readonly authenticatedAt: number | null;
  readonly remember: boolean;
  readonly windows: Windows;
  /** How long the session may last at most, in milliseconds. */
  readonly absolute: number;
  /** It opens nothing until its user has confirmed the login. */
  readonly stepUp: boolean;
  readonly profile: Profile;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @throws SessionError `request_invalid` naming the field */
export function draftSession(
  settings: ManagerSettings,
  devices: DeviceParser,
  input: CreateInput<object>,
): SessionDraft {
  refuseUnknown(requireInput(input), inputNames, 'create');
  checkUserId(input.userId);
  const { userId, client = {}, remember = false } = input;
  if (typeof remember !== 'boolean') throw invalidField('remember', 'true or false', remember);
  const lifetimes = readLifetimes(settings.lifetimes, input.lifetimes, remember);
  const deviceId = optional(input.deviceId, (value) => checkText(value, 'deviceId', maxDeviceIdBytes));
  return {
    applicationId: checkText(input.applicationId ?? 'default', 'applicationId', maxApplicationBytes),
    startedAt: optional(input.startedAt, (value) => checkMilliseconds(value, 'startedAt')) ?? null,
    authenticatedAt:
      optional(input.authenticatedAt, (value) => checkMilliseconds(value, 'authenticatedAt')) ?? null,
    remember,
    windows: windowsOf(lifetimes, remember, settings.rotation.grace),
    absolute: lifetimes.absolute,
    stepUp: false,
    profile: {
      userId,
      ...profileClient({ ...client, ...(deviceId !== undefined && { deviceId }) }, devices, settings.privacy),
      deviceName: null,
      impersonator: null,
      risk: null,
      scope: checkWords(input.scope ?? [], 'scope', 50),
      methods: checkWords(input.methods ?? [], 'methods', 10),
    },
    data: checkData(input.data),
  };
}

/** The session that a draft becomes, with an id of its own. */
export function sessionOf(draft: SessionDraft, keys: NewKeys, at: number): SessionRecord {
  const { applicationId, remember, windows, profile, data } = draft;
  const absoluteExpiresAt = at + draft.absolute;
  return {
    id: mintSessionId(profile.userId),
    applicationId,
    version: 0,
    createdAt: at,
    // 0 stands for no time at all where epochs are compared.
    startedAt: Math.max(Math.min(draft.startedAt ?? at, at), 1),
    authenticatedAt: Math.min(draft.authenticatedAt ?? at, at),
    lastSeenAt: at,
    absoluteExpiresAt,
    remember,
    trusted: false,
    stepUp: draft.stepUp,
    windows,
    credentials: {
      ...keys,
      generation: 0,
      accessExpiresAt: Math.min(at + windows.access, absoluteExpiresAt),
      refreshExpiresAt: windows.refresh === null ? null : Math.min(at + windows.refresh, absoluteExpiresAt),
      rotatedAt: at,
      confirmedAt: null,
      repeats: 0,
      refreshRevoked: false,
      parent: null,
    },
    profile,
    data,
    ending: null,
  };
}

/** Left out, all options of a call have defaults; a sign-in has none for its user. */
function requireInput(input: unknown): unknown {
  if (input === undefined) throw optionError('create', 'an object with a userId', input);
  return input;
}

function readLifetimes(configured: Lifetimes, input: unknown, remember: boolean): Lifetimes {
  if (input === undefined) return configured;
  const wanted: Record<string, number | null> = {};
  const options = refuseUnknown(input, ['accessToken', 'refreshToken', 'idle', 'absolute'], 'lifetimes');
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    wanted[name] =
      name === 'refreshToken' && value === false ? null : durationMilliseconds(value, `lifetimes.${name}`);
    if (wanted[name] === 0) throw invalidField(`lifetimes.${name}`, 'more than nothing', value);
  }
  const outcome = shorten(configured, wanted, remember);
  if ('lifetimes' in outcome) return outcome.lifetimes;
  const { lengthened: name, limit } = outcome;
  const own = limit === null ? "the manager's own false" : `at most the manager's own ${formatDuration(limit)}`;
  throw new SessionError('request_invalid', {
    field: `lifetimes.${name}`,
    detail: `lifetimes.${name}: expected ${own}, got ${formatDuration(wanted[name]!)}`,
  });
}

function optional<In, Out>(value: In | undefined, check: (value: In) => Out): Out | undefined {
  return value === undefined ? undefined : check(value);
}
