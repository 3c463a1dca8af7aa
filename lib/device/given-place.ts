import type { Coordinates, GivenLocation, Location } from '../domain/location';
import { cleanText } from './client-text';

const maxPlaceBytes = 64;
const countryCode = /^[A-Za-z]{2}$/;
const halfTheGlobe = 20_038;

/** A place that somebody told, as far as it is one: cleaned, bounded, rounded. null where nothing of it can be used. */
export function readPlace(told: GivenLocation): Location | null {
  const place = {
    city: placeName(told.city),
    region: placeName(told.region),
    country: countryOf(told.country),
    coordinates: readCoordinates(told.coordinates),
  };
  return (place.city ?? place.region ?? place.country ?? place.coordinates) ? place : null;
}

function countryOf(code: unknown): string | null {
  return typeof code === 'string' && countryCode.test(code) ? code.toUpperCase() : null;
}

function placeName(text: unknown): string | null {
  return typeof text === 'string' ? cleanText(text, maxPlaceBytes).trim() || null : null;
}

/** Whole, or not at all: half a point is none. */
function readCoordinates(told: unknown): Coordinates | null {
  if (typeof told !== 'object' || told === null) return null;
  const { latitude, longitude, radius } = told as Partial<Record<keyof Coordinates, unknown>>;
  if (!isWithin(latitude, -90, 90) || !isWithin(longitude, -180, 180)) return null;
  if (!isWithin(radius, 0, halfTheGlobe)) return null;
  return { latitude: toHundredth(latitude), longitude: toHundredth(longitude), radius: Math.round(radius) };
}

function isWithin(value: unknown, least: number, most: number): value is number {
  // No comparison holds for NaN.
  return typeof value === 'number' && value >= least && value <= most;
}

/** About a kilometre: a place, and no house. Never -0, which JSON does not know. */
function toHundredth(degrees: number): number {
  return Math.round(degrees * 100) / 100 + 0;
}
