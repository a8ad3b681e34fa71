/** Draws the card of the event that is open. All words a person reads there stand here. */
import type { MeetingField } from '../core/meeting';
import type { EventConference, EventPlace, UnfollowedConference } from '../ports/event-status';
import { accountLines } from './account-lines';
import { CARD_HANDLERS, listed, pauseLine } from './cards';
import { inStepButFor } from './room-lines';
import { toldFields, untoldLines } from './untold-lines';
import { vendorLines } from './vendor-lines';
import { ago, FIELD_WORDS } from './words';

/** @param nameOf the solution as people know it. */
export function eventCard(
  name: string,
  conferences: readonly EventConference[],
  nowMs: number,
  nameOf: (solution: string) => string,
  place?: EventPlace,
  above: readonly GoogleAppsScript.Card_Service.CardSection[] = [],
  unfollowed?: UnfollowedConference,
): GoogleAppsScript.Card_Service.Card {
  const card = CardService.newCardBuilder().setHeader(
    CardService.newCardHeader().setTitle(name).setSubtitle('The conference of this event'),
  );
  for (const section of above) card.addSection(section);
  if (place === undefined || conferences.length === 0) {
    const text =
      place === undefined
        ? 'Save this event first; then its conference is followed, and shown here.'
        : noneLine(unfollowed, nameOf);
    return card.addSection(CardService.newCardSection().addWidget(paragraph(text))).build();
  }
  for (const conference of conferences) {
    const service = nameOf(conference.solution);
    const section = CardService.newCardSection().setHeader(service);
    for (const text of conferenceLines(conference, service, nowMs)) section.addWidget(paragraph(text));
    card.addSection(section);
  }
  const action = CardService.newAction().setFunctionName(CARD_HANDLERS.repair).setParameters(parametersOf(place));
  const button = CardService.newTextButton().setText('Check and repair now').setOnClickAction(action);
  return card.addSection(CardService.newCardSection().addWidget(button)).build();
}

function noneLine(unfollowed: UnfollowedConference | undefined, nameOf: (solution: string) => string): string {
  if (unfollowed === undefined) {
    return 'This event has no conference of ours. Choose “Add conferencing” to give it one.';
  }
  const service = nameOf(unfollowed.solution);
  return unfollowed.isOwn
    ? `This event has a conference of ${service} that you made. It is not followed on this calendar.`
    : `This event has a conference of ${service} that somebody else made. How it stands only they can see.`;
}

function paragraph(text: string): GoogleAppsScript.Card_Service.TextParagraph {
  return CardService.newTextParagraph().setText(text);
}

function parametersOf({ calendarId, eventId, seriesId }: EventPlace): Record<string, string> {
  return { calendarId, eventId, ...(seriesId !== undefined && { seriesId }) };
}

/** How it stands in words, the state first. */
export function conferenceLines(conference: EventConference, service: string, nowMs: number): string[] {
  const { state, change, pause, caveats, held } = conference;
  const lines = [stateLine(conference, service, nowMs)];
  if (conference.unknown !== undefined) return [...lines, ...accountLines(conference, service, nowMs)];
  if (state === 'broken' || state === 'is-replaced' || state === 'elsewhere' || held === 'reading') return lines;
  if (change !== undefined && state === 'in-step') {
    lines.push(
      held === undefined || change.setAside !== undefined
        ? changeLine(change, service, nowMs)
        : heldLine(change, nowMs),
    );
  }
  if (change?.setAside !== undefined && state === 'leaves') {
    lines.push(`It could not be ended: ${reasonOf(change, service)}. “Check and repair now” tries again.`);
  }
  if (pause !== undefined) {
    const { reason, untilMs } = pause;
    lines.push(reason === 'unconnected' ? connectLine(service) : pauseLine(reason, untilMs - nowMs));
  }
  if (state !== 'in-step') return lines;
  if (conference.atVendor !== undefined) lines.push(...vendorLines(conference.atVendor, service));
  if (caveats === 'own-fault') lines.push('What cannot be shown of it is not known: a fault of the add-on.');
  else
    lines.push(...(caveats ?? ['The event could not be read just now, so what cannot be shown of it is not known.']));
  lines.push(...untoldLines(conference, service));
  lines.push(keepsLine(toldFields(conference), service));
  return lines;
}

function stateLine(conference: EventConference, service: string, nowMs: number): string {
  const { state, isGuests, change, held, unknown, unreadSinceMs, unfollowed, refused } = conference;
  if (conference.atVendor !== undefined && state === 'in-step') return 'Not in step.';
  if (unknown !== undefined) return state === 'leaves' ? 'Taken off this event, and not ended yet.' : 'Not in step.';
  switch (state) {
    case 'in-step':
      if (isGuests) return 'The organiser’s add-on keeps this conference in step.';
      if (held === 'reading') return 'Its event is not read now: what changes there reaches it once you allow that.';
      if (change !== undefined) return 'Not in step yet.';
      if (unreadSinceMs !== undefined) {
        return `In step when the calendar was last read, ${ago(nowMs - unreadSinceMs)}; what has changed since is not known.`;
      }
      if (unfollowed !== undefined) return inStepButFor(unfollowed);
      return refused === undefined ? 'In step with this event.' : 'In step with this event but for what was refused.';
    case 'waits-for-save':
      return held === undefined
        ? 'Made for this event. It is told the title and the time once the event is saved.'
        : 'Made for this event. It is told the title and the time once you allow what is missing.';
    case 'leaves':
      return held === undefined
        ? 'Taken off this event. It ends soon, unless it comes back.'
        : 'Taken off this event. It ends once you allow what is missing, unless it comes back.';
    case 'broken':
      return `${service} does not have this conference any more. Take it off the event and add it again.`;
    case 'is-replaced':
      return held === undefined
        ? `${service} does not have this conference any more. The event is given a new one.`
        : `${service} does not have this conference any more. The event is given a new one once you allow what is missing.`;
    case 'elsewhere':
      return 'This event is out of our sight, so its conference is left as it is.';
  }
}

function connectLine(service: string): string {
  return `${service} waits for you: connect your account on the first page of this panel. Nothing is lost.`;
}

function changeLine(change: NonNullable<EventConference['change']>, service: string, nowMs: number): string {
  const since = ago(nowMs - change.sinceMs);
  return change.setAside === undefined
    ? `A change of ${since} is on its way to ${service}.`
    : `A change of ${since} was set aside: ${reasonOf(change, service)}. “Check and repair now” tries again.`;
}

function heldLine({ sinceMs }: NonNullable<EventConference['change']>, nowMs: number): string {
  return `A change of ${ago(nowMs - sinceMs)} waits until you allow what is missing.`;
}

function reasonOf({ setAside, attempts }: NonNullable<EventConference['change']>, service: string): string {
  if (setAside === 'own-fault') return 'a fault of the add-on';
  return setAside === 'refused' ? `${service} refused it` : `${service} did not take it in ${attempts} tries`;
}

function keepsLine(keeps: ReadonlySet<MeetingField>, service: string): string {
  const [first, ...others] = [...keeps].map((field) => FIELD_WORDS[field]);
  return first === undefined
    ? `${service} is told nothing of the event; the link stays the same.`
    : `${service} is told of: ${listed([first, ...others])}.`;
}
