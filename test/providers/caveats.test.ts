/** What Zoom and Webex cannot show of a meeting stands on the card of its event, as long as it is so. */
import { WebexServer } from '../../sandbox/vendors/webex/server';
import { ZoomServer } from '../../sandbox/vendors/zoom/server';
import { Stage, TUESDAY } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';

const addOn = builtAddOn(
  {
    zoom: `zoom({ auth: { kind: 'bearer', scriptProperty: 'ZOOM_TOKEN' } })`,
    webex: `webex({ auth: { kind: 'bearer', scriptProperty: 'WEBEX_TOKEN' } })`,
  },
  { zoom: 'lockstep', webex: 'lockstep' },
);

function open() {
  const stage = new Stage(addOn);
  const { records, clock, random, internet, script } = stage.world;
  const deps = { records, clock, tokens: { good: 'ana@example.com' } };
  internet.add('api.zoom.us', new ZoomServer({ ...deps, random: random.fork('zoom') }));
  internet.add('webexapis.com', new WebexServer({ ...deps, random: random.fork('webex') }));
  for (const name of ['ZOOM_TOKEN', 'WEBEX_TOKEN']) script.setScriptProperty(name, 'good');
  return { ...stage, cardOf: (event: Parameters<Stage['eventCardOf']>[0]) => JSON.stringify(stage.eventCardOf(event)) };
}

const ON_MORE_DAYS = ['RRULE:FREQ=WEEKLY;COUNT=8', 'RDATE;TZID=Europe/Zurich:20260311T100000'];
const BY_TWO_RULES = ['RRULE:FREQ=WEEKLY;COUNT=8', 'RRULE:FREQ=DAILY;COUNT=3'];

describe('the card of an event', () => {
  it.each([
    [
      'zoom',
      ['RRULE:FREQ=YEARLY'],
      'Zoom has this as a recurring meeting without fixed time, because it repeats yearly.',
    ],
    ['zoom', ON_MORE_DAYS, 'without fixed time, because it has dates of its own.'],
    ['zoom', BY_TWO_RULES, 'without fixed time, because it has more than one rule.'],
    ['webex', ON_MORE_DAYS, 'Webex does not have the dates that the event adds to its rule.'],
    ['webex', BY_TWO_RULES, 'Webex has the first date of this event only, because it has more than one rule;'],
    ['webex', ['RRULE:FREQ=MONTHLY;BYMONTHDAY=3,17'], 'Webex has the first of the days in the month only.'],
  ])('with %s that repeats as %j says: %s', (conference, recurrence, sentence) => {
    const { ana, meeting, cardOf } = open();
    const event = meeting({ conference, recurrence });
    expect(cardOf(event)).toContain(sentence);
    expect(cardOf(event)).toContain('In step with this event.');
    ana.edits(event, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=8'] }, 'all');
    expect(cardOf(event)).not.toContain(sentence);
  });

  it('says nothing of the kind where all is shown', () => {
    const { meeting, cardOf } = open();
    for (const conference of ['zoom', 'webex']) {
      expect(cardOf(meeting({ conference }))).not.toMatch(/Zoom has|Zoom shows|Webex (does|has|shows)/);
    }
  });

  it.each(['zoom', 'webex'])('with %s says nothing of a date that is left out: it is cancelled there', (conference) => {
    const { meeting, cardOf } = open();
    const recurrence = ['RRULE:FREQ=WEEKLY;COUNT=8', 'EXDATE;TZID=Europe/Zurich:20260310T100000'];
    expect(cardOf(meeting({ conference, recurrence }))).not.toMatch(/Zoom has|Webex (does|has)|because/);
  });

  it('is of the series, also on one of its occurrences', () => {
    const { ana, meeting, cardOf } = open();
    const series = meeting({ conference: 'webex', recurrence: ON_MORE_DAYS });
    expect(cardOf(ana.occurrence(series, '2026-03-17'))).toContain('Webex does not have the dates');
  });

  it('admits that it does not know, when Google does not show the event', () => {
    const { world, meeting, cardOf } = open();
    const event = meeting({ conference: 'zoom', ...TUESDAY, recurrence: ['RRULE:FREQ=YEARLY'] });
    world.faults.always('script.calendar.events.get', { kind: 'throw', message: 'Backend Error' });
    expect(cardOf(event)).toContain('The event could not be read just now');
  });
});
