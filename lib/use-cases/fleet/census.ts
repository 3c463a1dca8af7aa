import type { DeviceType } from '../../domain/client';
import type { SessionId } from '../../domain/session-id';
import type { SurveyedUser, SurveyOutcome } from '../../store/fleet';
import type { SessionStore } from '../../store/session-store';
import type { Pace } from './pace';
import { patiently } from './patience';
import { Sample } from './sample';

const mostSampled = 10_000;

/** What a walk through all users has counted. */
export class Census {
  users = 0;
  sessions = 0;
  readonly byDeviceType: Partial<Record<DeviceType, number>> = {};
  readonly sample = new Sample<SessionId>(mostSampled);

  add({ sessions, deviceTypes }: SurveyedUser): void {
    if (sessions.length === 0) return;
    this.users += 1;
    this.sessions += sessions.length;
    for (const [type, count] of Object.entries(deviceTypes) as [DeviceType, number][]) {
      this.byDeviceType[type] = (this.byDeviceType[type] ?? 0) + count;
    }
    for (const id of sessions) this.sample.add(id);
  }
}

/** Counts everybody who has live sessions at this instant. */
export async function takeCensus(store: SessionStore, at: number, pace: Pace): Promise<Census> {
  let census = new Census();
  let cursor: string | null = null;
  do {
    const from: string | null = cursor;
    const look = (): Promise<SurveyOutcome> => pace.after(() => store.survey({ at, cursor: from }));
    // Nothing is lost with the first: whoever asks while the store is away is told so without delay.
    const step: SurveyOutcome = await (from === null ? look() : patiently(look, pace.closing));
    if (step.restarted) census = new Census();
    for (const user of step.users) census.add(user);
    cursor = step.next;
  } while (cursor !== null);
  return census;
}
