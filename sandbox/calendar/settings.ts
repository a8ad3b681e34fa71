/**
 * settings.* and colors.get. Sources: /workspace/calendar/api/v3/reference/{settings,colors}.
 *
 * Of the settings only what an account here has: zone, language, format; the rest is 404. Of the palette a few colours.
 */
import type { JsonObject } from '../world/json';
import type { AccountRecord } from './calendar-store';
import { refuse } from './refusal';
import { etagOf } from './row';

export function settingsOf(account: AccountRecord): JsonObject {
  const items = Object.keys(values(account)).map((id) => settingOf(account, id));
  return { kind: 'calendar#settings', etag: etagOf(1), items };
}

/** Throws 404 for a setting that is not here. */
export function settingOf(account: AccountRecord, id: string): JsonObject {
  const all = values(account);
  const value = Object.hasOwn(all, id) ? all[id] : undefined;
  if (value === undefined) throw refuse.notFound();
  return { kind: 'calendar#setting', etag: etagOf(1), id, value };
}

function values(account: AccountRecord): Record<string, string> {
  return {
    timezone: account.timeZone,
    locale: 'en',
    format24HourTime: 'false',
    weekStart: '0',
    defaultEventLength: '60',
    autoAddHangouts: 'false',
  };
}

const PALETTE = [
  '#a4bdfc',
  '#7ae7bf',
  '#dbadff',
  '#ff887c',
  '#fbd75b',
  '#ffb878',
  '#46d6db',
  '#e1e1e1',
  '#5484ed',
  '#51b749',
  '#dc2127',
];

export function colors(): JsonObject {
  const palette = Object.fromEntries(
    PALETTE.map((background, index) => [String(index + 1), { background, foreground: '#1d1d1d' }]),
  );
  return { kind: 'calendar#colors', updated: '2012-02-14T00:00:00.000Z', calendar: palette, event: palette };
}
