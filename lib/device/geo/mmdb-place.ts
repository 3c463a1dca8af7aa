import type { Location } from '../../domain/location';

// A database that gives a point and no radius means a town or a region.
const usualRadius = 100;

/** A record of an mmdb file: as MaxMind and DB-IP nest them, or flat, as the npm packages `@ip-location-db/…` do. */
export interface MmdbRecord {
  readonly city?: Named | string;
  readonly subdivisions?: readonly Named[];
  readonly country?: { readonly iso_code?: string };
  readonly location?: {
    readonly latitude?: number;
    readonly longitude?: number;
    readonly accuracy_radius?: number;
  };
  readonly country_code?: string;
  readonly state1?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

interface Named {
  readonly names?: { readonly en?: string };
}

/** The place that a record tells of; null for a record of something else, such as of networks. */
export function placeOfMmdb(record: MmdbRecord | null): Location | null {
  if (!record) return null;
  const { city, subdivisions, country, location, country_code, state1 } = record;
  const { latitude, longitude } = location ?? record;
  const place = {
    city: (typeof city === 'string' ? city : city?.names?.en) || null,
    region: (subdivisions?.[0]?.names?.en ?? state1) || null,
    country: (country?.iso_code ?? country_code) || null,
    coordinates:
      typeof latitude === 'number' && typeof longitude === 'number'
        ? { latitude, longitude, radius: location?.accuracy_radius ?? usualRadius }
        : null,
  };
  return (place.city ?? place.region ?? place.country ?? place.coordinates) ? place : null;
}
