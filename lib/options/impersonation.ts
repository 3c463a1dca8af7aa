import { readBoolean, readFunction, refuseUnknown } from './read-options';

/** Who wants to act as whom, and why. */
export interface ImpersonationRequest {
  readonly actor: { readonly id: string };
  readonly userId: string;
  /** In the administrator's words, without blanks around them. */
  readonly reason: string;
}

/** Says whether a user may be impersonated; null: there is no such user. */
export type MayImpersonate = (request: ImpersonationRequest) => boolean | null | Promise<boolean | null>;

/** Administrators who use a session in a user's place. */
export interface ImpersonationOptions {
  /**
   * Asked before each impersonation: true lets it begin; false refuses it, as an app does for its other administrators (403
   * `impersonation_refused`); null says that there is no such user (404 `not_found`), which this library cannot know. Anything else,
   * a failure, or no answer within the store's deadline refuses it too (503 `hook_failed`). Unless given, everybody may be impersonated.
   */
  readonly mayImpersonate?: MayImpersonate | undefined;
  /**
   * Whether people see such sessions, and what was done in them, in their own list and activity over HTTP; true. Hidden ones answer
   * there as unknown, and still end with all others.
   */
  readonly visible?: boolean | undefined;
}

/** {@link ImpersonationOptions}, parsed. */
export interface ImpersonationSettings {
  /** As it was given. */
  readonly mayImpersonate: MayImpersonate | undefined;
  readonly visible: boolean;
}

export function readImpersonation(input: unknown): ImpersonationSettings {
  const options = refuseUnknown(input, ['mayImpersonate', 'visible'], 'impersonation');
  return Object.freeze({
    mayImpersonate: readFunction<MayImpersonate>(options.mayImpersonate, 'impersonation.mayImpersonate'),
    visible: readBoolean(options.visible, 'impersonation.visible', true),
  });
}
