/** What the card of an event says of changes that were made at the service. */
import type { EventConference } from '../ports/event-status';
import { listed } from './cards';
import { FIELD_WORDS } from './words';

export function vendorLines(atVendor: NonNullable<EventConference['atVendor']>, service: string): string[] {
  if (atVendor === 'gone') {
    return [
      `${service} says that it does not have this conference any more. It is asked once more before that is believed.`,
    ];
  }
  const fields = listed([...atVendor.fields].map((field) => FIELD_WORDS[field]));
  const differs = `Changed at ${service}, and different from this event there: ${fields}.`;
  const then = {
    'told-again': `${service} is told the event’s own again within the hour.`,
    asks: `“Check and repair now” tells ${service} the event’s own again.`,
    later: 'A sync is running just now; open this card again in a moment.',
  };
  return [`${differs} ${then[atVendor.then]}`];
}
