/**
 * What a provider was told of single occurrences belongs to the conference, not to the event that drove it then: the next
 * one to drive has to put right what is different with it.
 */
import type { Binding } from './binding';
import { bindingKey, conferenceKey, mayBeUnseen } from './binding';
import { UNKNOWN } from './fingerprint';
import type { Ledger } from './ledger';
import type { Meeting } from './meeting';
import { hasSlot } from './slots';

/**
 * Hands to `driver` what is remembered of occurrences while others drove. What the provider has kept of it is not known.
 *
 * Google names an occurrence after its series and the slot. That is not promised: under other names they are forgotten.
 * @returns was there any?
 */
export function takeOverOccurrences(driver: Binding, ledger: Ledger): boolean {
  const told = ledger.ofConference(driver).filter((one) => one.series !== undefined && !isOf(one, driver));
  for (const one of told) {
    ledger.drop(one);
    const series = one.series as string;
    if (one.delivered === '' || !one.eventId.startsWith(series)) continue;
    const eventId = driver.eventId + one.eventId.slice(series.length);
    const { todo: _overtaken, ...rest } = { ...one, calendar: driver.calendar, eventId, series: driver.eventId };
    const known = ledger.get(bindingKey(rest)) ?? rest;
    if (known.series !== undefined) ledger.put({ ...known, delivered: UNKNOWN });
  }
  return told.length > 0;
}

/**
 * An occurrence that had the conference on its own is one of its series' as soon as that has it too: it refers to nothing of
 * its own any more, and drives nothing. What was told of it is what the provider shows of the series until it is told.
 * @returns the series, with what was told; `owed`: something of it was not yet.
 */
export function takeInAlone(series: Binding, ledger: Ledger): { series: Binding; owed: boolean } {
  const alone = ledger
    .alone(series.calendar, series.eventId)
    .filter((one) => one.state === 'live' && conferenceKey(one) === conferenceKey(series));
  for (const one of alone) ledger.drop(one);
  const told = [series, ...alone].find(({ delivered }) => delivered !== '')?.delivered ?? '';
  const owed = alone.some(({ todo }) => todo?.kind === 'deliver');
  const strayed = alone.some(mayBeUnseen);
  return { series: { ...series, delivered: told, ...(strayed && { strayed }) }, owed };
}

/**
 * What the provider was told of occurrences whose slots the series may not have any more, counts as unknown: whether it keeps
 * that until the slots come back, nobody knows.
 * @returns was there any?
 */
export function forgetLostSlots(series: Binding, meeting: Meeting, ledger: Ledger): boolean {
  const lost = ledger
    .ofSeries(series.calendar, series.eventId)
    .filter((one) => conferenceKey(one) === conferenceKey(series) && one.delivered !== '')
    .filter(({ eventId }) => !hasSlot(meeting, eventId.slice(eventId.lastIndexOf('_') + 1)));
  for (const one of lost) ledger.put({ ...one, delivered: UNKNOWN });
  return lost.length > 0;
}

function isOf(occurrence: Binding, { calendar, eventId }: Binding): boolean {
  return occurrence.calendar === calendar && occurrence.series === eventId;
}
