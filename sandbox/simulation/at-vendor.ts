/**
 * What hosts do on the vendor's own pages in a simulated day: another title, another start, an end.
 *
 * No calendar tells of it. The promise: whoever opens the card of such an event is not told that it is in step, and an hour
 * later the conference shows its event again. So after the quiet every card of a changed conference is opened once.
 */
import { CANARY, HOUR_MS } from './choosing';
import type { Day } from './day';
import { allRows, references } from './oracle';

export function changeAtVendor(day: Day): void {
  const { service, random } = day;
  const conferences = service.conferences() ?? [];
  if (service.hostDoes === undefined || conferences.length === 0) return;
  const { id } = random.pick(conferences);
  const startMs = service.hostDoes.moves ? day.world.clock.nowMs() + (2 + random.int(40)) * HOUR_MS : undefined;
  const isMoved = startMs !== undefined && random.chance(0.5);
  service.hostDoes.changes(id, isMoved ? { startMs } : { title: `${CANARY} ${random.text(5)} at the vendor` });
  day.changedAtVendor.add(id);
}

/** Everybody opens the cards of events whose conference was changed there. */
export function openChangedEvents(day: Day): void {
  if (day.changedAtVendor.size === 0) return;
  for (const [id, events] of references(allRows(day))) {
    if (!day.changedAtVendor.has(id)) continue;
    for (const { calendarId, id: eventId } of events) {
      for (const { person, hasAddOn, calendars } of day.players) {
        if (hasAddOn && calendars.includes(calendarId)) {
          day.world.runCard(day.world.panel.event(person.email, { calendarId, eventId }));
        }
      }
    }
  }
}
