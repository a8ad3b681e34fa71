/** Numbers and times as people read them on cards. */
import type { MeetingField } from '../core/meeting';
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The word that goes with so many: "was" or "were". */
export function either(number: number, one: string, many: string): string {
  return number === 1 ? one : many;
}

export function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  return minutes < 120 ? `${count(minutes, 'minute')} ago` : `${count(Math.floor(minutes / 60), 'hour')} ago`;
}

/** What people call what a service is told of. */
export const FIELD_WORDS: Readonly<Record<MeetingField, string>> = {
  title: 'title',
  description: 'description',
  time: 'time',
  recurrence: 'repetition',
  guests: 'guests',
};
