/** The windows of one session in milliseconds; null where there is none. */
export interface Rules {
  readonly access: number;
  readonly refresh: number | null;
  readonly idle: number | null;
  readonly absolute: number;
  readonly grace: number;
}

/** Which pair of a session a token is of. */
export interface Place {
  readonly family: number;
  readonly generation: number;
}

export type AccessVerdict = 'active' | 'token_expired' | 'session_expired' | 'invalid' | `revoked: ${string}`;
export type RefreshVerdict =
  'rotated' | 'repeated' | 'reused' | 'rolled-back' | 'session_expired' | 'invalid' | `revoked: ${string}`;

/** What the design says of one session, in the plainest words that a program can have. */
export class ReferenceSession {
  family = 0;
  generation = 0;
  accessUntil = 0;
  refreshUntil = 0;
  /** Until when the access token that the last rotation replaced is good. */
  replacedUntil = 0;
  /** When the current pair was first shown; null while it may never have arrived. */
  shownAt: number | null = null;
  refreshDead = false;
  seenAt: number;
  endedFor: string | null = null;
  readonly overAt: number;

  constructor(
    readonly id: string,
    readonly user: string,
    readonly device: string,
    readonly rules: Rules,
    public startedAt: number,
    at: number,
  ) {
    this.overAt = at + rules.absolute;
    this.seenAt = at;
    this.#newPair(at);
    this.refreshUntil = this.#fresh(at, rules.refresh);
  }

  /** The instant that no use can move any more. */
  get #lastCall(): number {
    return Math.min(this.overAt, this.rules.idle === null ? Infinity : this.seenAt + this.rules.idle);
  }

  /** The instant at which time ends it, as things stand. */
  get runsOutAt(): number {
    return Math.min(Math.max(this.accessUntil, this.refreshUntil), this.#lastCall);
  }

  isLive(at: number): boolean {
    return this.endedFor === null && at < this.runsOutAt;
  }

  end(reason: string): void {
    this.endedFor = reason;
  }

  isCurrent({ family, generation }: Place): boolean {
    return family === this.family && generation === this.generation;
  }

  isParent({ family, generation }: Place): boolean {
    return family === this.family && generation === this.generation - 1;
  }

  judgeAccess(place: Place, at: number): AccessVerdict {
    if (!this.isCurrent(place) && !this.isParent(place)) return 'invalid';
    if (this.endedFor !== null) return `revoked: ${this.endedFor}`;
    const until = this.isCurrent(place) ? this.accessUntil : this.replacedUntil;
    if (at < until && this.isLive(at)) return 'active';
    return !this.refreshDead && at < this.refreshUntil && at < this.#lastCall ? 'token_expired' : 'session_expired';
  }

  /** A use of an access token that was found active. */
  use(place: Place, at: number, slide: boolean): void {
    const { idle, refresh, access } = this.rules;
    const interval = Math.min(60_000, (idle ?? Infinity) / 10, refresh === null ? access / 10 : Infinity);
    if (slide && at - this.seenAt >= interval) {
      this.seenAt = at;
      if (refresh === null) this.accessUntil = this.#fresh(at, access);
    }
    if (this.isCurrent(place) && this.generation > 0) this.shownAt ??= at;
  }

  judgeRefresh(place: Place, device: string | null, at: number): RefreshVerdict {
    if (place.family !== this.family) return 'invalid';
    if (this.endedFor !== null) return `revoked: ${this.endedFor}`;
    if (this.refreshDead && (this.isCurrent(place) || this.isParent(place))) return 'revoked: token_revoked';
    if (at >= this.refreshUntil || at >= this.#lastCall) return 'session_expired';
    if (this.isCurrent(place)) return 'rotated';
    const { grace } = this.rules;
    const inTime = grace > 0 && (this.shownAt === null || at < this.shownAt + grace);
    const sameDevice = device === null || device === this.device;
    if (this.isParent(place) && inTime && sameDevice) return 'repeated';
    return place.generation > this.generation ? 'rolled-back' : 'reused';
  }

  rotate(at: number, slide: boolean): void {
    this.replacedUntil = Math.min(this.accessUntil, at + this.rules.grace);
    this.generation += 1;
    this.#newPair(at);
    if (!slide) return;
    this.refreshUntil = this.#fresh(at, this.rules.refresh);
    this.seenAt = at;
  }

  repeat(at: number): void {
    if (this.shownAt === null && this.accessUntil <= at) this.accessUntil = this.#fresh(at, this.rules.access);
  }

  /** Forced rotation. */
  rekey(at: number): void {
    this.family += 1;
    this.generation = 0;
    this.refreshDead = false;
    this.#newPair(at);
    this.refreshUntil = this.#fresh(at, this.rules.refresh);
    this.seenAt = at;
  }

  retireAccess(place: Place, at: number): void {
    if (this.isParent(place)) {
      this.replacedUntil = Math.min(this.replacedUntil, at);
    } else {
      this.accessUntil = Math.min(this.accessUntil, at);
      this.shownAt ??= at;
    }
  }

  retireRefresh(place: Place, at: number): void {
    this.refreshDead = true;
    this.refreshUntil = Math.min(this.refreshUntil, at);
    if (this.isCurrent(place)) this.shownAt ??= at;
  }

  #newPair(at: number): void {
    this.accessUntil = this.#fresh(at, this.rules.access);
    this.shownAt = null;
  }

  #fresh(at: number, window: number | null): number {
    return window === null ? 0 : Math.min(at + window, this.overAt);
  }
}
