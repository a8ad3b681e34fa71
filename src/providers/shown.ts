/** Compares what a service shows of a meeting with what it would be told of it. */
import type { MeetingField } from '../core/meeting';
import type { Shown } from '../core/vendor-changes';

/** Of a field: what it would be told, and what it shows; undefined where it shows nothing that can be compared. */
export type Comparison = Partial<Record<MeetingField, readonly [told: unknown, shown: unknown] | undefined>>;

export function shownOf(compared: Comparison, but: readonly MeetingField[] = []): Shown {
  const differing = (Object.entries(compared) as Array<[MeetingField, Comparison[MeetingField]]>).filter(
    ([field, pair]) =>
      pair !== undefined && !but.includes(field) && JSON.stringify(pair[0]) !== JSON.stringify(pair[1]),
  );
  return {
    fields: differing.map(([field]) => field),
    values: differing.map(([field, pair]) => `${field}=${JSON.stringify(pair?.[1])}`).join('\n'),
  };
}

/** An update that was taken, with what its answer shows otherwise in fields that were not told. */
export function doneWith(compared: Comparison, told: readonly MeetingField[]): { kind: 'done'; shown?: Shown } {
  const shown = shownOf(compared, told);
  return shown.fields.length === 0 ? { kind: 'done' } : { kind: 'done', shown };
}

/** Text as services keep it: they cut blanks at its ends, and write line breaks in their own way. */
export function asKept(text: unknown): string {
  return typeof text === 'string' ? text.replace(/\s+/g, ' ').trim() : '';
}

/** Epoch milliseconds, cut to the minute as most services do; undefined when it is no instant. */
export function minuteOf(text: unknown): number | undefined {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? undefined : Math.floor(ms / 60_000);
}
