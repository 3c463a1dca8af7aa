/** A coarse place; null members where it is not known. */
export interface Location {
  readonly city: string | null;
  readonly region: string | null;
  /** ISO 3166-1 alpha-2, upper case: `DE`. */
  readonly country: string | null;
}
