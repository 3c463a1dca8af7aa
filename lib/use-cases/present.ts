import { deviceMark } from '../device/device-mark';
import { effectiveExpiresAt, idleExpiresAt } from '../domain/deadlines';
import type { Impersonator } from '../domain/impersonator';
import { isoTime } from '../domain/iso-time';
import type { SessionId } from '../domain/session-id';
import type { SessionRecord, SessionRisk } from '../domain/session-record';
import type { SessionView } from '../domain/session-view';

/** A record as apps and people may see it. */
export function presentSession(record: SessionRecord, current = false): SessionView {
  const { profile, credentials } = record;
  const { refreshExpiresAt } = credentials;
  const idle = idleExpiresAt(record);
  const view: SessionView = {
    id: record.id,
    userId: profile.userId,
    applicationId: record.applicationId,
    current,
    device: presentDevice(profile),
    ip: profile.ip,
    userAgent: profile.userAgent,
    location: profile.location,
    createdAt: isoTime(record.createdAt),
    lastSeenAt: isoTime(record.lastSeenAt),
    deadlines: {
      access: isoTime(credentials.accessExpiresAt),
      refresh: refreshExpiresAt === null ? null : isoTime(refreshExpiresAt),
      idle: idle === null ? null : isoTime(idle),
      absolute: isoTime(record.absoluteExpiresAt),
    },
    remember: record.remember,
    trusted: record.trusted,
    stepUpRequired: record.stepUp,
    risk: presentRisk(profile.risk),
    methods: profile.methods,
    authenticatedAt: isoTime(record.authenticatedAt),
    tokenHint: tokenHint(record.id),
    scope: profile.scope,
    data: record.data,
  };
  return profile.impersonator ? { ...view, actor: presentActor(profile.impersonator) } : view;
}

function presentActor({ id, reason }: Impersonator): NonNullable<SessionView['actor']> {
  return { id, reason };
}

function presentRisk(risk: SessionRisk | null): SessionView['risk'] {
  return risk && { score: risk.score, level: risk.level, signals: risk.signals };
}

/** Member by member: a spread costs twenty times as much, on the path of every request. */
function presentDevice({ device, deviceName, deviceId }: SessionRecord['profile']): SessionView['device'] {
  return {
    browser: device.browser,
    browserVersion: device.browserVersion,
    os: device.os,
    osVersion: device.osVersion,
    type: device.type,
    model: device.model,
    name: deviceName,
    id: deviceMark(deviceId),
  };
}

/** The same for a session that is over, told apart by how: on purpose, or by time. */
export function presentEnded(record: SessionRecord): SessionView {
  const { ending } = record;
  const { at, reason } = ending ?? { at: effectiveExpiresAt(record), reason: 'expired' };
  const successor = ending?.replacedBy && { replacedBy: ending.replacedBy };
  return { ...presentSession(record), endedAt: isoTime(at), reason, ...successor };
}

/** `749****-****-****-****-********1f3c`: enough to tell two sessions apart in a log, and nothing of any secret. */
function tokenHint(id: SessionId): string {
  return `${id.slice(0, 3)}****-****-****-****-********${id.slice(-4)}`;
}
