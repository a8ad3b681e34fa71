/**
 * Zones known by their name alone: IANA names (also at the end of a longer path), Windows' ids, Windows' display names
 * such as `(UTC+01:00) Amsterdam, Berlin`, and its own `tzone://Microsoft/Utc`, which Exchange writes without any
 * VTIMEZONE, and plain offsets.
 */
import type { Zones } from '../world/zones';
import { WINDOWS_ZONES } from './windows-zones';

const REGIONS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Pacific', 'Atlantic', 'Indian'];

/** Display names that name no city. */
const WITHOUT_CITY: ReadonlyMap<string, string> = new Map([
  ['eastern time (us & canada)', 'America/New_York'],
  ['central time (us & canada)', 'America/Chicago'],
  ['mountain time (us & canada)', 'America/Denver'],
  ['pacific time (us & canada)', 'America/Los_Angeles'],
  ['atlantic time (canada)', 'America/Halifax'],
  ['newfoundland', 'America/St_Johns'],
  ['arizona', 'America/Phoenix'],
  ['alaska', 'America/Anchorage'],
  ['hawaii', 'Pacific/Honolulu'],
  ['indiana (east)', 'America/Indiana/Indianapolis'],
  ['coordinated universal time', 'Etc/UTC'],
]);

/** The IANA zone that `name` stands for, or undefined. */
export function zoneNamed(name: string, zones: Zones): string | undefined {
  if (name.toLowerCase() === 'tzone://microsoft/utc') return 'Etc/UTC';
  const windows = WINDOWS_ZONES.get(name.toLowerCase());
  return windows ?? zoneAtEnd(name, zones) ?? zoneDisplayed(name, zones) ?? zoneOfOffset(name);
}

/** `/mozilla.org/20050126_1/Europe/Berlin`. A lone last part of a longer path, such as Berlin or GMT, is no evidence. */
function zoneAtEnd(name: string, zones: Zones): string | undefined {
  const parts = name.split('/').filter((part) => part !== '');
  for (let from = Math.max(0, parts.length - 3); from < parts.length; from++) {
    if (from > 0 && from === parts.length - 1) return undefined;
    const tail = parts.slice(from).join('/');
    if (zones.isZone(tail)) return tail;
  }
  return undefined;
}

/** All cities of a display name keep the same time, so the first one that names a zone will do. */
function zoneDisplayed(name: string, zones: Zones): string | undefined {
  const shown = /^\((?:UTC|GMT)(?:[+-]\d\d:\d\d)?\) (.+)$/.exec(name)?.[1];
  if (shown === undefined) return undefined;
  const places = shown.split(',').map((place) => place.trim().replaceAll(' ', '_'));
  const cities = places.flatMap((place) => REGIONS.map((region) => `${region}/${place}`));
  return WITHOUT_CITY.get(shown.toLowerCase()) ?? cities.find((zone) => zones.isZone(zone));
}

/** `UTC+01:00`. The names in Etc count westwards. */
function zoneOfOffset(name: string): string | undefined {
  const [, sign, hours] = /^(?:UTC|GMT)([+-])(\d\d):?00$/.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 12) return undefined;
  return Number(hours) === 0 ? 'Etc/UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`;
}

/** What `GMT+05:30` is ahead of UTC, for offsets that no zone in Etc has; undefined for other names. */
export function fixedOffsetMs(name: string): number | undefined {
  const [, sign, hours, minutes] = /^(?:UTC|GMT)?([+-])(\d\d):?(\d\d)$/.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
