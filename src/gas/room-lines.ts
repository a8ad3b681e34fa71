/** What a person reads of what is not followed, because there is no room to remember more. */
import type { Status } from '../ports/people';
import { count } from './words';

export function unfollowedLines({ unfollowed: { occurrences, events } }: Status): string[] {
  const lines: string[] = [];
  if (occurrences > 0) {
    const verb = occurrences === 1 ? 'is' : 'are';
    lines.push(
      `${count(occurrences, 'changed occurrence')} of series ${verb} not followed: there is no room for more.`,
    );
  }
  if (events > 0) {
    const verb = events === 1 ? 'shares' : 'share';
    lines.push(`${count(events, 'event')} that ${verb} a conference of ours could not be taken up: there is no room.`);
  }
  return lines;
}

/** Of one series, which is in step otherwise. */
export function inStepButFor(unfollowed: number): string {
  return `In step, but for ${count(unfollowed, 'changed occurrence')} of it: there is no room to follow more.`;
}
