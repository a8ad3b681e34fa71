/** Words for what a service does not have of an event: what it refused, and what is kept from it. */
import type { MeetingField } from '../core/meeting';
import type { Refusable } from '../core/refusal';
import { leftBy } from '../core/refusal';
import type { EventConference } from '../ports/event-status';

type Untold = Pick<EventConference, 'refused' | 'isSeries' | 'withheld' | 'keeps'>;

const REFUSED: Readonly<Record<Refusable, (service: string, isSeries: boolean) => [what: string, effect: string]>> = {
  title: () => ['title', 'shows another one'],
  description: () => ['description', 'shows another one, or none'],
  guests: () => ['list of guests', 'has another one'],
  zone: (_service, isSeries) => ['time zone', isSeries ? NO_FIXED_TIME : 'shows the times in UTC'],
  recurrence: () => ['repetition', NO_FIXED_TIME],
  time: () => ['time', 'shows another one'],
};
const NO_FIXED_TIME = 'does not have the dates of this series; its link serves all of them';

/** Whole sentences; empty when the service has all that it keeps. */
export function untoldLines({ refused = [], isSeries = false, withheld, keeps }: Untold, service: string): string[] {
  const lines = refused.map(({ field, code }) => {
    const [what, effect] = REFUSED[field](service, isSeries);
    return `${service} refused this ${what} (${code}), so it ${effect}.`;
  });
  if (lines.length > 0) {
    lines.push('What was refused is told again when it changes. “Check and repair now” tries at once.');
  }
  if (withheld === 'guests') {
    lines.push(`Google does not show all guests of this event, so nobody is taken off at ${service}.`);
  }
  if (withheld !== 'private') return lines;
  const [first, ...others] = (['title', 'description'] as const).filter((field) => keeps.has(field));
  if (first !== undefined) {
    lines.push(
      `This event is private: its ${[first, ...others].join(' and ')} ${others.length > 0 ? 'are' : 'is'} kept from ${service}.`,
    );
  }
  if (keeps.has('guests')) {
    lines.push(
      `Because it is private ${service} is not told of its guests; whoever was invited there before still is.`,
    );
  }
  return lines;
}

/** The fields that the service is told of as they are. */
export function toldFields({ keeps, refused = [], withheld }: Untold): ReadonlySet<MeetingField> {
  const left = new Set(leftBy(refused));
  const kept: readonly MeetingField[] = withheld === 'private' ? ['title', 'description', 'guests'] : [];
  return new Set([...keeps].filter((field) => !left.has(field) && !kept.includes(field)));
}
