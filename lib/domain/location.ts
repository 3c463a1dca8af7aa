/** A coarse place; null members where it is not known. */
export interface Location {
  readonly city: string | null;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2, upper case: `DE`. */
  readonly country: string | null;
  readonly coordinates: Coordinates | null;
}

/** A place as somebody tells it: what is left out, undefined or null is not known. */
export type GivenLocation = { readonly [Member in keyof Location]?: Location[Member] | undefined };

/** A point on the globe, and how little is known of it. */
export interface Coordinates {
  /** Degrees north, -90 to 90, rounded to a hundredth: about a kilometre. */
  readonly latitude: number;
  /** Degrees east, -180 to 180, likewise. */
  readonly longitude: number;
  /** Kilometres around the point within which the place may lie. */
  readonly radius: number;
}
