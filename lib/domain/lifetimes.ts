/** How long tokens and sessions live, in milliseconds; null where there is none. */
export interface Lifetimes {
  readonly accessToken: number;
  readonly refreshToken: number | null;
  readonly idle: number | null;
  /** The idle limit of remembered sessions, where they have one: under a preset `idle` holds for them too. */
  readonly rememberedIdle: number | null;
  readonly absolute: number;
  readonly rememberMe: number;
}
