/**
 * What an administrator does to an account: another primary address, or its end.
 *
 * A primary calendar is named after its owner: with another address it is the same calendar under another id, its events
 * and their numbers as they were. Whether Calendar's API still finds it under the former address is not known (switch
 * formerAddressAnswers). An account that ends takes its calendars along; guests keep their copies. Its events may be
 * transferred before: those to come, not private, with a guest, into a new calendar "Transferred from …" of a successor
 * (admin help 7399420).
 */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { SwitchSettings } from '../world/switches';
import type { Access } from './access';
import { attendeesOf } from './attendees';
import type { CalendarStore } from './calendar-store';
import { htmlLink } from './copies';
import type { EventStore } from './event-store';
import type { Mover } from './move';
import type { Occurrences } from './occurrences';
import { type EventRow, isException, isSeries } from './row';

export interface AccountChangeDeps {
  calendars: CalendarStore;
  store: EventStore;
  mover: Mover;
  occurrences: Occurrences;
  switches: SwitchSettings;
  random: Random;
  nowMs: () => number;
}

export class AccountChanges {
  constructor(private readonly deps: AccountChangeDeps) {}

  /** The account and its calendar under another address; `former` may go on naming them. Throws RangeError. */
  rename(former: string, address: string): void {
    const { calendars, store, switches } = this.deps;
    if (calendars.account(former) === undefined) throw new RangeError(`There is no account ${former}.`);
    if (calendars.calendar(address) !== undefined) throw new RangeError(`${address} is somebody's address already.`);
    calendars.renameAccount(former, address);
    store.rehome(former, address);
    for (const { id } of calendars.calendars()) {
      store.rewrite(id, (event) => withAddress(event, former, address, id));
    }
    if (switches.formerAddressAnswers) calendars.putAlias(former, address);
  }

  /**
   * The account ends, and with it every calendar it owns.
   * @param successor who gets its events before; undefined: nobody.
   * @returns the id of the successor's new calendar, where there is one.
   */
  remove(email: string, successor?: string): string | undefined {
    const { calendars, store } = this.deps;
    if (calendars.account(email) === undefined) throw new RangeError(`There is no account ${email}.`);
    const transferred = successor === undefined ? undefined : this.transfer(email, successor);
    for (const { id } of calendars.calendars().filter(({ owner }) => owner === email)) {
      for (const row of [...store.rows(id)]) store.remove(row);
      calendars.removeCalendar(id);
    }
    calendars.removeAccount(email);
    return transferred;
  }

  private transfer(email: string, successor: string): string {
    const { calendars, store, mover, random, nowMs } = this.deps;
    const { timeZone } = calendars.calendar(successor)!;
    const id = `c_${random.text(64, '0123456789abcdef')}@group.calendar.google.com`;
    const summary = `Transferred from ${email}`;
    const calendar = calendars.putCalendar({
      ...{ id, owner: successor, primary: false, summary, timeZone, updatedMs: nowMs(), epoch: 0, collectedTo: 0 },
    });
    const owner = { role: 'owner' as const, scope: { type: 'user', value: successor } };
    calendars.putRule({ calendarId: id, id: `user:${successor}`, ...owner });
    calendars.putEntry(successor, id, { selected: true });
    const from: Access = { viewer: email, calendar: calendars.calendar(email)!, role: 'owner' };
    for (const row of [...store.rows(email)]) {
      if (this.isTransferred(row, email)) mover.move(from, row.id, { viewer: successor, calendar, role: 'owner' });
    }
    return id;
  }

  private isTransferred(row: EventRow, email: string): boolean {
    const { event, gone } = row;
    if (gone !== undefined || row.alone || isException(event) || event.eventType !== 'default') return false;
    const isOwn = (event.organizer as JsonObject).email === email;
    const isHidden = event.visibility === 'private' || event.visibility === 'confidential';
    const hasGuest = attendeesOf(event).some((guest) => guest.email !== email);
    return isOwn && !isHidden && hasGuest && this.isToCome(row);
  }

  private isToCome(row: EventRow): boolean {
    const { occurrences, nowMs } = this.deps;
    return isSeries(row.event) ? occurrences.touches(row, nowMs(), Number.MAX_SAFE_INTEGER) : row.endMs > nowMs();
  }
}

/** The event with one address for another, wherever it stands; the same object where it stands nowhere. */
function withAddress(event: JsonObject, former: string, address: string, calendarId: string): JsonObject {
  const renamed = (person: JsonObject): JsonObject =>
    person.email === former ? { ...person, email: address } : person;
  const mentions = (event.attendees as JsonObject[] | undefined)?.some(({ email }) => email === former);
  const isTheirs = ['creator', 'organizer'].some((name) => (event[name] as JsonObject).email === former);
  if (!mentions && !isTheirs && calendarId !== address) return event;
  return {
    ...event,
    htmlLink: htmlLink(event.id as string, calendarId),
    creator: renamed(event.creator as JsonObject),
    organizer: renamed(event.organizer as JsonObject),
    ...(event.attendees !== undefined && { attendees: attendeesOf(event).map(renamed) }),
  };
}
