import type { Location } from '../../domain/location';

/** What `lookup` of geoip-lite 1.4 gives, as far as it is used here: '' where it does not know. */
export interface GeoipLiteAnswer {
  readonly country?: string;
  readonly region?: string;
  readonly city?: string;
  readonly ll?: readonly [latitude: number | null, longitude: number | null];
  /** Kilometres. */
  readonly area?: number;
}

/** null where the database has the address without any place, as for anycast. */
export function placeOfGeoipLite(answer: GeoipLiteAnswer | null): Location | null {
  if (!answer) return null;
  const { country, region, city, ll: [latitude, longitude] = [null, null], area } = answer;
  // Without a country the point is 0, 0 in the sea, or none.
  if (!country) return null;
  const isPoint = typeof latitude === 'number' && typeof longitude === 'number' && typeof area === 'number';
  return {
    city: city || null,
    region: region || null,
    country,
    coordinates: isPoint ? { latitude, longitude, radius: area } : null,
  };
}
