import type { AddOn } from '../../../sandbox/script/add-on';
import { createWorld } from '../../../sandbox/whole-world';
import type { Json, JsonObject } from '../../../sandbox/world/json';

const SOURCE = `
function card(title, e) {
  return CardService.newCardBuilder()
    .setHeader(CardService.newCardHeader().setTitle(title).setSubtitle(JSON.stringify(e)))
    .addSection(CardService.newCardSection()
      .addWidget(CardService.newTextInput().setFieldName('word').setTitle('A word').setValue('first'))
      .addWidget(CardService.newTextInput().setFieldName('other').setTitle('Another'))
      .addWidget(CardService.newTextButton().setText('Send').setOnClickAction(
        CardService.newAction().setFunctionName('send').setParameters({ to: 'here' })))
      .addWidget(CardService.newTextButton().setText('Sign in').setAuthorizationAction(
        CardService.newAuthorizationAction().setAuthorizationUrl('https://id.example.com/'))))
    .build();
}
function home(e) { return card('home', e); }
function openEvent(e) { return card('event', e); }
function menu(e) {
  return CardService.newUniversalActionResponseBuilder().displayAddOnCards([card('menu', e)]).build();
}
function send(e) { return card('sent', e); }
`;

const AUTH = 'https://www.googleapis.com/auth/';

function addOnWith(access: string, common: object = {}): AddOn {
  return {
    scriptId: 'panel',
    files: [{ name: 'Code.js', source: SOURCE }],
    manifest: {
      oauthScopes: ['calendar.addons.execute', 'calendar.addons.current.event.read', 'script.locale'].map(
        (scope) => AUTH + scope,
      ),
      addOns: {
        common: {
          name: 'Panel',
          logoUrl: 'https://example.com/logo.png',
          homepageTrigger: { runFunction: 'home' },
          universalActions: [{ label: 'Settings', runFunction: 'menu' }],
          ...common,
        },
        calendar: { eventOpenTrigger: { runFunction: 'openEvent' }, currentEventAccess: access },
      },
    },
  };
}

function open(access = 'READ', common = {}, switches = {}) {
  const world = createWorld({ addOn: addOnWith(access, common), switches });
  const ana = world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
  world.addUser('ben@example.com');
  const event = ana.createsEvent({
    ...{ summary: 'Secret plan', start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' },
    guests: ['ben@example.com'],
  });
  const run = (call: Parameters<typeof world.runCard>[0]): JsonObject => {
    const result = world.runCard(call);
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value as JsonObject;
  };
  /** The event object that the function on the card was given. */
  const given = (card: Json) =>
    JSON.parse(((card as JsonObject).header as { subtitle: string }).subtitle) as JsonObject;
  const { panel } = world;
  return { world, ana, event, panel, run, given };
}

describe('the side panel', () => {
  it('runs what the manifest names for a home page and for an open event', () => {
    const { panel, run, ana, event } = open();
    expect(run(panel.home(ana.email))).toMatchObject({ header: { title: 'home' } });
    expect(run(panel.event(ana.email, event))).toMatchObject({ header: { title: 'event' } });
    expect(run(panel.menu(ana.email, 'Settings'))).toMatchObject({ cards: [{ header: { title: 'menu' } }] });
  });

  it('gives of the event its id, calendar and organiser, and its guests, but no title', () => {
    const { panel, run, given, ana, event } = open();
    const { calendar } = given(run(panel.event(ana.email, event)));
    expect(calendar).toMatchObject({ id: event.eventId, calendarId: ana.email, organizer: { email: ana.email } });
    expect((calendar as JsonObject).attendees).toHaveLength(1);
    expect(JSON.stringify(calendar)).not.toContain('Secret plan');
  });

  it('gives no guests to an add-on that may read nothing', () => {
    const { panel, run, given, ana, event } = open('METADATA');
    const { calendar } = given(run(panel.event(ana.email, event)));
    expect(Object.keys(calendar as JsonObject).sort()).toEqual(['calendarId', 'id', 'organizer']);
  });

  it('gives an occurrence the id of its series', () => {
    const { panel, run, given, ana } = open();
    const series = ana.createsEvent({
      ...{ start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00', recurrence: ['RRULE:FREQ=DAILY'] },
    });
    const second = ana.occurrence(series, '2026-03-04');
    const { calendar } = given(run(panel.event(ana.email, second)));
    expect(calendar).toMatchObject({ id: second.eventId, recurringEventId: series.eventId });
  });

  it('tells where the person is only to an add-on that asks for it', () => {
    const zoneOf = ({ panel, run, given, ana }: ReturnType<typeof open>) =>
      (given(run(panel.home(ana.email))).commonEventObject as JsonObject).timeZone;
    expect(zoneOf(open())).toBeUndefined();
    expect(zoneOf(open('READ', { useLocaleFromApp: true }))).toEqual({ id: 'Europe/Zurich' });
  });

  it('sends with a click the action’s parameters and every input of the card', () => {
    const { panel, run, given, ana } = open();
    const click = panel.click(ana.email, run(panel.home(ana.email)), 'Send', { other: 'typed' });
    if ('opens' in click) throw new Error('It opens a page.');
    const card = run(click);
    expect(card).toMatchObject({ header: { title: 'sent' } });
    expect(given(card)).toEqual({
      commonEventObject: {
        platform: 'WEB',
        hostApp: 'CALENDAR',
        parameters: { to: 'here' },
        formInputs: {
          word: { '': { stringInputs: { value: ['first'] } } },
          other: { '': { stringInputs: { value: ['typed'] } } },
        },
      },
      parameters: { to: 'here' },
      formInput: { word: 'first', other: 'typed' },
      formInputs: { word: ['first'], other: ['typed'] },
    });
  });

  it('opens an address where the button says so', () => {
    const { panel, run, ana } = open();
    expect(panel.click(ana.email, run(panel.home(ana.email)), 'Sign in')).toEqual({ opens: 'https://id.example.com/' });
  });

  it('opens no event that is deleted', () => {
    const { panel, ana, event } = open();
    ana.deletes(event);
    expect(() => panel.event(ana.email, event)).toThrow(`Event ${event.eventId} is deleted.`);
  });

  it('says what there is instead of what is not', () => {
    const { panel, run, ana, event } = open();
    const card = run(panel.home(ana.email));
    expect(() => panel.click(ana.email, card, 'Sned')).toThrow('No button "Sned". There are: Send, Sign in.');
    expect(() => panel.click(ana.email, card, 'Send', { wrod: 'x' })).toThrow('The card has no input "wrod".');
    expect(() => panel.menu(ana.email, 'Help')).toThrow('No entry "Help" in the menu. There are: Settings');
    expect(() => panel.event('ben@example.com', { ...event, eventId: 'nothing' })).toThrow(
      'There is no event nothing on ',
    );
    expect(() => createWorld().panel.home(ana.email)).toThrow('The add-on names no function for homepageTrigger.');
  });

  it('tells where the person is only with the scope that this takes', () => {
    const { panel, run, given, ana, world } = open('READ', { useLocaleFromApp: true });
    world.script.authorization.revokeScope(ana.email, 'script.locale');
    expect(given(run(panel.home(ana.email)))).not.toHaveProperty('commonEventObject.timeZone');
  });

  it('tells nothing of the open event while the scope to read it is missing, where a switch says so', () => {
    for (const openEventNeedsScope of [true, false]) {
      const { panel, run, given, ana, event, world } = open('READ', {}, { openEventNeedsScope });
      world.script.authorization.revokeScope(ana.email, 'calendar.addons.current.event.read');
      expect('calendar' in given(run(panel.event(ana.email, event)))).toBe(!openEventNeedsScope);
      world.script.authorization.consent(ana.email);
      expect(given(run(panel.event(ana.email, event)))).toHaveProperty('calendar.id', event.eventId);
    }
  });
});

describe('the addresses that a card opens', () => {
  const LINK = 'https://site.example.com/make?x=1';
  const linked = (prefixes?: string[], unlistedLinks = 'links') => {
    const common = prefixes && { openLinkUrlPrefixes: prefixes };
    const { world, ana } = open('READ', common, { unlistedLinks });
    const value = { sections: [{ widgets: [{ openLink: { url: LINK } }] }] };
    const signsIn = { widgets: [{ authorizationAction: { authorizationUrl: 'https://id.example.com/' } }] };
    return {
      link: world.panel.shown({ ok: true, value }),
      signIn: world.panel.shown({ ok: true, value: signsIn }).ok,
      card: world.runCard(world.panel.home(ana.email)).ok,
    };
  };

  it('are refused with their card where the manifest does not list them', () => {
    const message = 'URL https://site.example.com/make does not match any of the prefixes in openLinkUrlPrefixes.';
    expect(linked()).toEqual({ link: { ok: false, name: 'Error', message }, signIn: true, card: true });
    expect(linked(['https://other.example.com/']).link.ok).toBe(false);
    expect(linked(['https://site.example.com/']).link.ok).toBe(true);
  });

  it('are refused where a person signs in as well, or only beside a list, where a switch says so', () => {
    expect(linked(['https://site.example.com/'], 'links-and-authorizations')).toMatchObject({
      signIn: false,
      card: false,
    });
    expect(linked(['https://id.example.com/'], 'links-and-authorizations')).toMatchObject({ signIn: true, card: true });
    expect(linked(undefined, 'links-if-listed').link.ok).toBe(true);
    expect(linked(['https://other.example.com/'], 'links-if-listed').link.ok).toBe(false);
  });

  it('leave a failure of the script what it is', () => {
    const { world } = open();
    expect(world.panel.shown({ ok: false, killed: 'time' })).toEqual({ ok: false, killed: 'time' });
  });
});
