/**
 * The shape of an answer of Google's: which rows it lists, which fields each has, and what they share. Values are no part
 * of it.
 *
 * A row is a line: its kind, its sequence, and its fields; `whole` stands for the sixteen that every live event has.
 */
import type { JsonObject } from '../../../sandbox/world/json';

export interface Shape {
  /** Fields beside the rows; none for a single resource. */
  envelope: string[];
  rows: string[];
  /** How many different etags the rows have. */
  etags: number;
}

const WHOLE = [
  ...['kind', 'etag', 'id', 'status', 'htmlLink', 'created', 'updated', 'summary', 'creator', 'organizer'],
  ...['start', 'end', 'iCalUID', 'sequence', 'reminders', 'eventType'],
];
/** A row with fewer of them than this is told field by field. */
const LEAST_OF_WHOLE = 11;

/** @param body one resource, a list of them, or rows without their envelope. */
export function shapeOf(body: unknown): Shape {
  const items = Array.isArray(body) ? body : (body as { items?: JsonObject[] }).items;
  const rows = (items ?? [body]) as JsonObject[];
  const envelope = Array.isArray(body) || items === undefined ? [] : Object.keys(body as object).sort();
  return { envelope, rows: rows.map(lineOf), etags: new Set(rows.map(({ etag }) => etag)).size };
}

/** Without some fields, which one side has for a reason that the other cannot have. */
export function without(fields: readonly string[], body: unknown): unknown {
  if (Array.isArray(body)) return body.map((item) => without(fields, item));
  const kept = Object.entries(body as object).filter(([name]) => !fields.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, name === 'items' ? without(fields, value) : value]));
}

function lineOf(row: JsonObject): string {
  const sequence = row.sequence === undefined ? '' : `, sequence ${String(row.sequence)}`;
  return `${kindOf(row)}${sequence}: ${fieldsOf(row)}`;
}

function kindOf(row: JsonObject): string {
  if (row.kind !== 'calendar#event') return String(row.kind ?? 'no kind').replace('calendar#', '');
  const cancelled = row.status === 'cancelled' ? 'cancelled ' : '';
  if (row.recurringEventId !== undefined) return `${cancelled}occurrence`;
  if (row.recurrence === undefined) return cancelled === '' ? 'event' : 'cancelled';
  return `${cancelled}${/_R\d{8}/.test(row.id as string) ? 'half' : 'series'}`;
}

function fieldsOf(row: JsonObject): string {
  const names = Object.keys(row);
  const missing = WHOLE.filter((name) => !names.includes(name));
  if (WHOLE.length - missing.length < LEAST_OF_WHOLE) return names.sort().join(' ');
  const more = names.filter((name) => !WHOLE.includes(name)).sort();
  return ['whole', ...more, ...missing.map((name) => `-${name}`)].join(' ');
}
