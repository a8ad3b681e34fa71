/**
 * The add-on's side panel in Calendar: which function the manifest names for what a person opens or clicks, and the
 * event object it is given.
 *
 * Guarantees: an add-on sees of the open event what `currentEventAccess` lets it see, and of a form what a person entered.
 * Runs nothing itself; whoever holds it runs the call.
 * Source: developers.google.com/workspace/add-ons/concepts/event-objects
 */
import type { CalendarService } from '../calendar/service';
import { SCOPES } from '../script/authorization';
import type { Manifest } from '../script/manifest-schema';
import type { Json, JsonObject } from '../world/json';
import type { SwitchSettings } from '../world/switches';
import { linkProblem } from './card-links';
import type { CreateResult } from './conference-answer';
import { EditorRefusal } from './draft';
import { partsOf } from './json-parts';

export interface CardCall {
  user: string;
  functionName: string;
  args: Json[];
}

/** What a click leads to: a function of the add-on, or an address that the browser opens. */
export type Click = CardCall | { opens: string };

export interface OpenEvent {
  calendarId: string;
  eventId: string;
}

/** Texts by the field names of a card's inputs. */
export type Inputs = Readonly<Record<string, string>>;

type AddOns = NonNullable<Manifest['addOns']>;

export interface SidePanelDeps {
  calendar: CalendarService;
  manifest: Manifest | undefined;
  switches: SwitchSettings;
  /** Whether a person's consent covers one of these scopes. */
  covers(user: string, scopes: readonly string[]): boolean;
}

export class SidePanel {
  private readonly addOns: AddOns | undefined;

  constructor(private readonly deps: SidePanelDeps) {
    this.addOns = deps.manifest?.addOns;
  }

  /** What of an execution's result the panel draws: a card with a link that the manifest does not list is refused. */
  shown<T extends CreateResult>(result: T): T | { ok: false; name: string; message: string } {
    if (!result.ok) return result;
    const prefixes = this.addOns?.common.openLinkUrlPrefixes;
    const message = linkProblem(result.value, prefixes, this.deps.switches.unlistedLinks);
    return message === undefined ? result : { ok: false, name: 'Error', message };
  }

  /** Whether the add-on shows anything with no event open: its manifest need not name a homepage trigger. */
  hasHome(): boolean {
    return this.homeFunction() !== undefined;
  }

  /** The panel with no event open. */
  home(user: string): CardCall {
    return this.call(user, this.homeFunction(), 'homepageTrigger', this.eventObject(user, {}));
  }

  private homeFunction(): string | undefined {
    const { calendar, common } = this.addOns ?? {};
    return nameIn(calendar?.homepageTrigger ?? common?.homepageTrigger);
  }

  /** The panel beside an event that is saved. */
  event(user: string, open: OpenEvent): CardCall {
    const event = this.eventObject(user, { open });
    return this.call(user, nameIn(this.addOns?.calendar?.eventOpenTrigger), 'eventOpenTrigger', event);
  }

  /** An entry of the add-on's menu. */
  menu(user: string, label: string): CardCall {
    const entries = this.addOns?.common.universalActions ?? [];
    const entry = entries.find((one) => one.label === label);
    if (entry === undefined) {
      throw new EditorRefusal(404, `No entry "${label}" in the menu. There are: ${entries.map((one) => one.label)}.`);
    }
    return this.call(user, entry.runFunction, `universalActions "${label}"`, this.eventObject(user, {}));
  }

  /** A click on the button with this text, on a card that the add-on gave. */
  click(user: string, card: Json, button: string, inputs: Inputs = {}, open?: OpenEvent): Click {
    const onClick = onClickOf(card, button);
    const fields = inputsOf(card);
    const strange = Object.keys(inputs).find((name) => !(name in fields));
    if (strange !== undefined) throw new EditorRefusal(400, `The card has no input "${strange}".`);
    const { authorizationAction, openLink, action } = onClick as Record<string, JsonObject | undefined>;
    const url = authorizationAction?.authorizationUrl ?? openLink?.url;
    if (typeof url === 'string') return { opens: url };
    const given = Array.isArray(action?.parameters) ? (action.parameters as Array<{ key: string; value: string }>) : [];
    const parameters = Object.fromEntries(given.map(({ key, value }) => [key, value]));
    const event = this.eventObject(user, { parameters, inputs: { ...fields, ...inputs }, ...(open && { open }) });
    return this.call(user, action?.function as string | undefined, `the button "${button}"`, event);
  }

  private call(user: string, functionName: string | undefined, what: string, event: JsonObject): CardCall {
    if (functionName === undefined) throw new EditorRefusal(404, `The add-on names no function for ${what}.`);
    return { user, functionName, args: [event] };
  }

  private eventObject(
    user: string,
    { parameters = {}, inputs = {}, open }: { parameters?: Inputs; inputs?: Inputs; open?: OpenEvent },
  ): JsonObject {
    const entered = Object.entries(inputs);
    const zone = this.deps.calendar.accounts().find(({ email }) => email === user)?.timeZone ?? 'UTC';
    const isLocal = this.addOns?.common.useLocaleFromApp === true && this.deps.covers(user, SCOPES.locale);
    return {
      commonEventObject: {
        platform: 'WEB',
        hostApp: 'CALENDAR',
        ...(isLocal && { userLocale: 'en', timeZone: { id: zone } }),
        parameters: { ...parameters },
        formInputs: Object.fromEntries(
          entered.map(([name, value]) => {
            const input = { stringInputs: { value: [value] } };
            return [name, this.deps.switches.formInputsUnderEmptyKey ? { '': input } : input];
          }),
        ),
      },
      // The same in the older places.
      parameters: { ...parameters },
      formInput: { ...inputs },
      formInputs: Object.fromEntries(entered.map(([name, value]) => [name, [value]])),
      ...(open && this.tellsOf(user) && { calendar: this.calendarObject(user, open) }),
    };
  }

  private tellsOf(user: string): boolean {
    return !this.deps.switches.openEventNeedsScope || this.deps.covers(user, SCOPES.openEvent);
  }

  private calendarObject(user: string, { calendarId, eventId }: OpenEvent): JsonObject {
    const answer = this.deps.calendar.handle(user, { method: 'events.get', params: { calendarId, eventId } }, 'editor');
    if (answer.status === 404) throw new EditorRefusal(404, `There is no event ${eventId} on ${calendarId}.`);
    if (answer.status !== 200) throw new EditorRefusal(answer.status, `The event cannot be opened (${answer.status}).`);
    const { id, status, organizer, recurringEventId, attendees, conferenceData } = answer.body as JsonObject;
    if (status === 'cancelled') throw new EditorRefusal(404, `Event ${eventId} is deleted.`);
    const maySee = /READ/.test(this.addOns?.calendar?.currentEventAccess ?? '');
    const seen = { ...(attendees && { attendees }), ...(conferenceData && { conferenceData }) };
    return {
      calendarId,
      id: id as string,
      organizer: { email: (organizer as JsonObject | undefined)?.email ?? user },
      ...(recurringEventId && { recurringEventId }),
      ...(maySee && seen),
    };
  }
}

/** A trigger that is switched off names nothing. */
function nameIn(trigger: { runFunction?: string; enabled?: boolean } | undefined): string | undefined {
  return trigger?.enabled === false ? undefined : trigger?.runFunction;
}

function onClickOf(card: Json, text: string): JsonObject {
  const buttons = [...partsOf(card)].filter((part) => part.onClick !== undefined && typeof part.text === 'string');
  const found = buttons.find((button) => button.text === text && button.disabled !== true);
  if (found !== undefined) return found.onClick as JsonObject;
  throw new EditorRefusal(404, `No button "${text}". There are: ${buttons.map((button) => button.text).join(', ')}.`);
}

/** What its inputs hold before anything is entered. */
function inputsOf(card: Json): Record<string, string> {
  const inputs = [...partsOf(card)].flatMap(({ textInput }) =>
    textInput === undefined ? [] : [textInput as JsonObject],
  );
  return Object.fromEntries(inputs.map(({ name, value }) => [String(name), typeof value === 'string' ? value : '']));
}
