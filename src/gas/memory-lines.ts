/** What a person reads when the memory of the add-on was damaged. */
import type { Status } from '../ports/people';
import { ago } from './words';

export function memoryLines({ memory }: Status, nowMs: number): string[] {
  if (memory === undefined) return [];
  const { sinceMs = nowMs, isMended, left } = memory;
  const lines: string[] = [];
  if (!isMended) {
    lines.push('A part of this add-on’s memory is damaged. Your calendars are read anew to mend it.');
  } else {
    const mended = `A part of this add-on’s memory was damaged, as was found ${ago(nowMs - sinceMs)}. It was made anew from your calendars`;
    lines.push(`${mended}; a conference whose event was deleted about then may still be there.`);
  }
  if (left.includes('calendar'))
    lines.push(
      'Which calendar some conferences belong to is lost: they are left as they are. A new conference there helps.',
    );
  return lines;
}
