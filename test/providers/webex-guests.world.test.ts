/** Many guests at Webex, with services that take their time: how many passes it takes until all are in step. */
import { WebexServer } from '../../sandbox/vendors/webex/server';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../scenarios/stage';
import { apiDescription } from '../support/openapi';
import { stageOfEachTest } from './vendor-stage';
import { GRANT } from './wire';

const now = stageOfEachTest({
  name: 'webex',
  host: 'webexapis.com',
  tokenProperty: 'WEBEX_TOKEN',
  open: ({ records, clock, random }) =>
    new WebexServer({ records, clock, random: random.fork('webex'), tokens: { [GRANT]: 'ana@example.com' } }),
  description: apiDescription('webex-meetings.json', '/v1'),
  latency: 'typical',
});

const guests = (count: number, name = 'guest') => Array.from({ length: count }, (_, i) => `${name}${i}@acme.example`);
const invited = () =>
  now()
    .vendor.meetings()[0]
    ?.invitees.map(({ email }) => email) ?? [];
const home = () => JSON.stringify(now().world.script.run(now().ana.email, 'showHome', [{}], 'card'));

/** Lets passes run, one each, until the invitees are these; how many it took. */
function passesUntil(wanted: readonly string[], most: number): number {
  const isThere = () => JSON.stringify([...invited()].sort()) === JSON.stringify([...wanted].sort());
  for (let passes = 0; passes <= most; passes++) {
    if (isThere()) return passes;
    now().world.script.run(
      now().ana.email,
      'syncEvents',
      [{ authMode: 'FULL', calendarId: now().ana.email }],
      'trigger',
    );
    expect(home()).not.toMatch(/does not answer|set aside|slow down/);
  }
  return most + 1;
}

/** Nothing but the passes that are counted. */
function unnoticed(act: () => void): void {
  now().world.faults.always('trigger', { kind: 'drop' });
  act();
  now().world.settle();
  now().world.faults.clear('trigger');
}

describe('an event with many guests at Webex', () => {
  it('has two hundred guests in step within three passes', () => {
    const event = now().meets({ start: '2026-03-20T14:00:00', end: '2026-03-20T15:00:00' });
    unnoticed(() => now().ana.edits(event, { attendees: guests(200).map((email) => ({ email })) }));
    expect(passesUntil(guests(200), 9)).toBeLessThanOrEqual(3);
  });

  it('has three hundred and fifty in step, and no more is said to be on its way', () => {
    const event = now().meets({ guests: guests(350), start: '2026-03-20T14:00:00', end: '2026-03-20T15:00:00' });
    now().world.advance(HOUR_MS);
    expect(invited()).toHaveLength(350);
    const card = now().world.runCard(now().world.panel.event(now().ana.email, event));
    expect(JSON.stringify(card)).toContain('In step with this event.');
  });

  it('takes two hundred off again, over several passes, without ever being told as an outage', () => {
    const event = now().meets({ guests: guests(200), start: '2026-03-20T14:00:00', end: '2026-03-20T15:00:00' });
    now().world.advance(HOUR_MS);
    expect(invited()).toHaveLength(200);
    unnoticed(() => now().ana.edits(event, { attendees: guests(2, 'other').map((email) => ({ email })) }));
    const passes = passesUntil(guests(2, 'other'), 19);
    expect(passes).toBeLessThanOrEqual(8);
  });

  it('is in step within the hour where nobody but the triggers runs', () => {
    const event = now().meets({ guests: guests(9), start: '2026-03-20T14:00:00', end: '2026-03-20T15:00:00' });
    now().world.advance(30 * MINUTE_MS);
    expect(invited()).toHaveLength(9);
    now().ana.edits(event, { attendees: [] });
    now().world.advance(DAY_MS / 12);
    expect(invited()).toEqual([]);
  });
});
