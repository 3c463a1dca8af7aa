import type { Location } from '../../domain/location';
import { readText, type StoredText } from './stored-text';

/** A place by position, with 0 for null. Stored: append only. */
export type StoredLocation = [
  city: StoredText,
  region: StoredText,
  country: StoredText,
  coordinates?: [latitude: number, longitude: number, radius: number],
];

export function encodeLocation({ city, region, country, coordinates }: Location): StoredLocation {
  const place: StoredLocation = [city ?? 0, region ?? 0, country ?? 0];
  if (coordinates) place.push([coordinates.latitude, coordinates.longitude, coordinates.radius]);
  return place;
}

export function decodeLocation([city, region, country, point]: StoredLocation): Location {
  const coordinates = point ? { latitude: point[0], longitude: point[1], radius: point[2] } : null;
  return { city: readText(city), region: readText(region), country: readText(country), coordinates };
}
