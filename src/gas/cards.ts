/** Draws the add-on's cards from a status. All words a person reads in the side panel stand here. */
import type { KeptConference, Status } from '../ports/people';
import { memoryLines } from './memory-lines';
import { liveLines, readLines, triggerLines } from './reading-lines';
import { unfollowedLines } from './room-lines';
import { count, either } from './words';

export const CARD_HANDLERS = {
  repair: 'repairNow',
  signOut: 'signOut',
  enter: 'enterPassword',
  endKept: 'endKept',
} as const;

/** A service that a person has to connect to their account there, or has. */
export interface Connection {
  provider: string;
  /** The solutions it makes conferences for, as people know them. */
  names: readonly string[];
  /** The account there, as its owner knows it. */
  account?: string;
}

export function homeCard(
  name: string,
  status: Status,
  nowMs: number,
  wanted: ReadonlyArray<Connection & { url: string }> = [],
  forms: readonly GoogleAppsScript.Card_Service.CardSection[] = [],
  nameOf: (solution: string) => string = (solution) => solution,
): GoogleAppsScript.Card_Service.Card {
  const section = CardService.newCardSection();
  for (const { names, url } of wanted) {
    section.addWidget(CardService.newTextParagraph().setText(connectLine(names, status.outbox > 0)));
    const action = CardService.newAuthorizationAction().setAuthorizationUrl(url);
    section.addWidget(
      CardService.newTextButton()
        .setText(`Connect ${listed(names)}`)
        .setAuthorizationAction(action),
    );
  }
  for (const text of statusLines(status, nowMs)) section.addWidget(CardService.newTextParagraph().setText(text));
  section.addWidget(
    CardService.newTextButton()
      .setText('Check and repair now')
      .setOnClickAction(CardService.newAction().setFunctionName(CARD_HANDLERS.repair)),
  );
  const header = CardService.newCardHeader().setTitle(name).setSubtitle('Conferences in step with your events');
  const card = CardService.newCardBuilder().setHeader(header);
  for (const form of forms) card.addSection(form);
  card.addSection(section);
  if (status.kept.length > 0) card.addSection(keptSection(status, nameOf));
  return card.build();
}

/** Conferences whose event left sight. Only a person can know whether it is still somewhere, with its link. */
function keptSection(
  { kept, keptCount }: Pick<Status, 'kept' | 'keptCount'>,
  nameOf: (solution: string) => string,
): GoogleAppsScript.Card_Service.CardSection {
  const section = CardService.newCardSection().setHeader('Kept, and followed no longer');
  section.addWidget(CardService.newTextParagraph().setText(keptLine(keptCount)));
  for (const { solution, conference } of kept) {
    const parameters = { solution, conference };
    const action = CardService.newAction().setFunctionName(CARD_HANDLERS.endKept).setParameters(parameters);
    section.addWidget(CardService.newTextParagraph().setText(escaped(keptName({ solution, conference }, nameOf))));
    section.addWidget(CardService.newTextButton().setText('End it').setOnClickAction(action));
  }
  if (keptCount > kept.length) {
    section.addWidget(CardService.newTextParagraph().setText(`And ${keptCount - kept.length} more.`));
  }
  return section;
}

function keptLine(number: number): string {
  return number === 1
    ? 'The event of this conference left the calendars that are followed, or has another organiser now. It may be in use, so it was not ended.'
    : 'The events of these conferences left the calendars that are followed, or have other organisers now. They may be in use, so they were not ended.';
}

export function keptName({ solution, conference }: KeptConference, nameOf: (solution: string) => string): string {
  return `${nameOf(solution)} ${conference}`;
}

/** A provider chose the id. A card's text takes some HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));
}

/** When there is no state to show. */
export function troubleCard(
  name: string,
  text: string,
  above: readonly GoogleAppsScript.Card_Service.CardSection[] = [],
): GoogleAppsScript.Card_Service.Card {
  const section = CardService.newCardSection().addWidget(CardService.newTextParagraph().setText(text));
  const card = CardService.newCardBuilder().setHeader(CardService.newCardHeader().setTitle(name));
  for (const one of above) card.addSection(one);
  return card.addSection(section).build();
}

export function settingsCard(
  name: string,
  choices: readonly string[],
  connections: readonly Connection[] = [],
  forms: readonly GoogleAppsScript.Card_Service.CardSection[] = [],
): GoogleAppsScript.Card_Service.Card {
  const card = CardService.newCardBuilder().setHeader(CardService.newCardHeader().setTitle(name));
  if (connections.length > 0) card.addSection(connectionSection(connections));
  for (const form of forms) card.addSection(form);
  const section = CardService.newCardSection().setHeader('Set by your organisation');
  for (const choice of choices) section.addWidget(CardService.newTextParagraph().setText(choice));
  return card.addSection(section).build();
}

function connectionSection(connections: readonly Connection[]): GoogleAppsScript.Card_Service.CardSection {
  const section = CardService.newCardSection().setHeader('Your connections');
  for (const { provider, names, account } of connections) {
    const action = CardService.newAction().setFunctionName(CARD_HANDLERS.signOut).setParameters({ provider });
    section.addWidget(CardService.newTextParagraph().setText(actsAs(names, account)));
    section.addWidget(
      CardService.newTextButton()
        .setText(`Disconnect ${listed(names)}`)
        .setOnClickAction(action),
    );
  }
  return section;
}

function actsAs(names: readonly string[], account: string | undefined): string {
  return account === undefined
    ? `${listed(names)} acts with your account there.`
    : `${listed(names)} acts with your account ${account}.`;
}

export function updatedCard(card: GoogleAppsScript.Card_Service.Card, notice: string) {
  return CardService.newActionResponseBuilder()
    .setNotification(CardService.newNotification().setText(notice))
    .setNavigation(CardService.newNavigation().updateCard(card))
    .build();
}

export function settingsResponse(card: GoogleAppsScript.Card_Service.Card) {
  return CardService.newUniversalActionResponseBuilder().displayAddOnCards([card]).build();
}

/** The state in words, the good news first. */
export function statusLines(status: Status, nowMs: number): string[] {
  const lines: string[] = [];
  if (status.live + status.pending + status.keptCount === 0) {
    if (status.lostCalendars + status.outbox === 0)
      lines.push('No conferences yet. Open an event, choose “Add conferencing” and pick one of ours.');
  } else {
    lines.push(
      ...(status.held === 'reading'
        ? [
            `${count(status.live, 'conference')} made so far. Their events are not read now.`,
            ...readLines(status, nowMs),
          ]
        : liveLines(status, nowMs)),
    );
  }
  if (status.pending > 0)
    lines.push(
      `${count(status.pending, 'new conference')} waiting ${status.held === 'reading' ? 'until your events are read again' : 'for the event to be saved'}.`,
    );
  lines.push(...triggerLines(status));
  if (status.unfinished > 0)
    lines.push(
      `${count(status.unfinished, 'calendar')} with very many events ${either(status.unfinished, 'is', 'are')} still being read, a part at a time.`,
    );
  if (status.tokenless > 0)
    lines.push(
      `Read from the beginning each time, because Google names no place to go on from: ${count(status.tokenless, 'calendar')}.`,
    );
  if (status.plain > 0)
    lines.push(
      `Of ${count(status.plain, 'calendar')} all kinds of events are read: Google names a place to go on from only then.`,
    );
  if (status.outbox > 0)
    lines.push(
      status.held === undefined
        ? `${count(status.outbox, 'change')} on the way to the conference service.`
        : `${count(status.outbox, 'change')} for the conference service, waiting until you allow what is missing.`,
    );
  for (const { changes, untilMs } of status.waiting) lines.push(waitingLine(changes, untilMs - nowMs));
  for (const pause of status.pauses) lines.push(pauseLine(pause.reason, pause.untilMs - nowMs));
  if (status.parked > 0)
    lines.push(
      `${count(status.parked, 'change')} could not be delivered and ${either(status.parked, 'was', 'were')} set aside. Repair tries again.`,
    );
  if (status.broken > 0) lines.push(brokenLine(status.broken));
  const { another, untold } = status.unknown;
  if (another > 0)
    lines.push(
      `${count(another, 'conference')} of yours ${either(another, 'was', 'were')} made with another account at the conference service. Sign in with that one, and what waits is done.`,
    );
  if (untold > 0)
    lines.push(
      `${count(untold, 'conference')} of yours ${either(untold, 'is', 'are')} not known to the account you are connected with: made with another one, or gone.`,
    );
  if (status.repairing > 0) lines.push(repairingLine(status.repairing));
  if (status.lostCalendars > 0)
    lines.push(
      `${count(status.lostCalendars, 'calendar')} cannot be read any more; ${either(status.lostCalendars, 'its', 'their')} conferences are left as they are.`,
    );
  lines.push(...unfollowedLines(status), ...memoryLines(status, nowMs));
  if (status.storeFull)
    lines.push('The memory of this add-on is full: new conferences are refused until old events have passed.');
  return lines;
}

function brokenLine(number: number): string {
  return number === 1
    ? '1 event refers to a conference that no longer exists.'
    : `${number} events refer to conferences that no longer exist.`;
}

function repairingLine(number: number): string {
  return number === 1
    ? '1 event refers to a conference that no longer exists, and is given a new one.'
    : `${number} events refer to conferences that no longer exist, and are given new ones.`;
}

function connectLine(names: readonly string[], waiting: boolean): string {
  const waits = waiting ? ' Changes wait until then; nothing is lost.' : '';
  return `Connect your account at ${listed(names)}, so that conferences can be made and kept in step.${waits}`;
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}

export function pauseLine(reason: Status['pauses'][number]['reason'], forMs: number): string {
  const then = `Trying again in ${Math.max(1, Math.ceil(forMs / 60_000))} min; nothing is lost.`;
  switch (reason) {
    case 'limited':
      return `The conference service asked us to slow down. ${then}`;
    case 'unavailable':
      return `The conference service does not answer. ${then}`;
    case 'unauthorised':
      return `The conference service does not accept our key. ${then} Please tell your administrator.`;
  }
}

function waitingLine(changes: number, forMs: number): string {
  const hours = Math.ceil(forMs / 3_600_000);
  const wait = changes === 1 ? 'waits' : 'wait';
  const until = `${wait} for the conference service’s next day, in ${count(hours, 'hour')} at most`;
  return `${count(changes, 'change')} of these ${until}: it takes only so many a day. Times and endings go first.`;
}
