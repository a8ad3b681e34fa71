/** The host moves, renames or ends a meeting at the vendor: what is found of it, when, and what it costs. */
import { nextcloudInWorld } from '../../sandbox/vendors/nextcloud/in-world';
import { HOUR_MS, MINUTE_MS, Stage } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';
import { exampleAddOns, type VendorName, VendorStage } from './vendor-stage';

const addOns = exampleAddOns();

/** 10 to 11 in Zurich, on the day after the world begins. */
const START_MS = Date.parse('2026-03-03T09:00:00Z');

function withMeeting(name: VendorName, addOn = addOns[name]) {
  const stage = new VendorStage(name, addOn);
  stage.connects();
  const event = stage.meets('Plan');
  stage.world.advance(HOUR_MS);
  return { stage, event, card: () => JSON.stringify(stage.eventCardOf(event)) };
}

/** The requests to the vendor from now until an hour before the event begins. */
function untilShortlyBefore(stage: VendorStage): string[] {
  const before = stage.asked().length;
  stage.world.advance(START_MS - 15 * MINUTE_MS - stage.world.clock.nowMs());
  return stage.asked().slice(before);
}

const reads = (lines: readonly string[]) =>
  lines.filter((line) => line.startsWith('GET ') && !/users\/me|people\/me/.test(line));

describe.each(['zoom', 'webex', 'teams'] as const)('a meeting at %s', (name) => {
  it('that nobody changes there is looked at once, shortly before it begins', () => {
    const { stage } = withMeeting(name);
    const lines = untilShortlyBefore(stage);
    expect(reads(lines)).toHaveLength(1);
    expect(lines.filter((line) => /^(PATCH|DELETE|POST .*eetings)/.test(line))).toEqual([]);
  });

  it('that the host renamed has its event’s title again before it begins', () => {
    const { stage } = withMeeting(name);
    stage.hostChanges({ title: 'My room' });
    expect(stage.kept()).toEqual(['ana-there: My room']);
    untilShortlyBefore(stage);
    expect(stage.kept()).toEqual(['ana-there: Plan']);
  });

  it('that the host moved is at its event’s time again before it begins', () => {
    const { stage } = withMeeting(name);
    stage.hostChanges({ startMs: START_MS + 3 * HOUR_MS });
    untilShortlyBefore(stage);
    expect(stage.startsMs()).toEqual([START_MS]);
  });

  it('that the host moved is told so on the event’s card at once, and is right within the hour', () => {
    const { stage, card } = withMeeting(name);
    expect(card()).toContain('In step with this event.');
    stage.hostChanges({ startMs: START_MS + 3 * HOUR_MS });
    expect(card()).toContain('Not in step.');
    expect(card()).toMatch(/A change of just now is on its way|different from this event there: time/);
    stage.world.advance(HOUR_MS + 2 * MINUTE_MS);
    expect(stage.startsMs()).toEqual([START_MS]);
    expect(card()).toContain('In step with this event.');
  });

  it('that the host ended is told so on the card, and is asked once more before that is believed', () => {
    const { stage, card } = withMeeting(name);
    stage.hostEndsAll();
    expect(card()).toContain('says that it does not have this conference any more. It is asked once more');
    stage.world.advance(HOUR_MS + 2 * MINUTE_MS);
    expect(card()).toContain('does not have this conference any more. Take it off the event');
  });

  it('costs no look for an answer, a colour, or a guest’s card', () => {
    const { stage, event } = withMeeting(name);
    stage.ana.edits(event, { colorId: '5', attendees: [{ email: stage.ben.email }] });
    stage.world.settle();
    const before = stage.asked().length;
    stage.ben.replies(event, 'accepted', 'all');
    stage.ana.edits(event, { colorId: '7' });
    stage.world.settle();
    stage.world.advance(2 * HOUR_MS);
    expect(stage.asked()).toHaveLength(before);
  });
});

describe('an update whose answer shows the meeting', () => {
  it.each(['webex', 'teams'] as const)('of %s has what the host changed told again at once', (name) => {
    const { stage, event } = withMeeting(name);
    stage.hostChanges({ startMs: START_MS + 3 * HOUR_MS });
    stage.ana.edits(event, { summary: 'Renamed' });
    stage.world.settle();
    stage.world.advance(HOUR_MS);
    expect(stage.kept()).toEqual(['ana-there: Renamed']);
    expect(stage.startsMs()).toEqual([START_MS]);
  });
});

describe('an operator who wants people to be asked', () => {
  const asking = () =>
    builtAddOn(
      { zoom: "zoom({ auth: zoomPersonalGrant({ clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }) })" },
      { zoom: 'lockstep', zoomPersonalGrant: 'lockstep' },
      "vendorChanges: 'ask'",
    );

  it('has the difference shown, left there, and mended when a person says so', () => {
    const { stage, event, card } = withMeeting('zoom', asking());
    stage.hostChanges({ title: 'My room', startMs: START_MS + 3 * HOUR_MS });
    expect(card()).toContain('different from this event there: title and time. “Check and repair now” tells zoom');
    untilShortlyBefore(stage);
    expect(stage.kept()).toEqual(['ana-there: My room']);
    stage.clicks(stage.eventCardOf(event), 'Check and repair now');
    expect(stage.kept()).toEqual(['ana-there: Plan']);
    expect(stage.startsMs()).toEqual([START_MS]);
    expect(card()).toContain('In step with this event.');
  });
});

describe('a conversation at Nextcloud', () => {
  it('that its owner renamed has its event’s title again before it begins', () => {
    const addOn = builtAddOn({
      talk: "nextcloudTalk({ baseUrl: 'https://cloud.example.org', user: 'calendar', scriptProperty: 'KEY' })",
    });
    const stage = new Stage(addOn);
    const nextcloud = nextcloudInWorld(stage.world);
    stage.world.script.setScriptProperty('KEY', 'aaaaa-bbbbb-ccccc-ddddd-eeeee');
    const event = stage.meeting({ summary: 'Plan', conference: 'talk' });
    stage.world.advance(HOUR_MS);
    nextcloud.hostChanges(nextcloud.rooms()[0]?.token ?? '', { title: 'My room' });
    expect(JSON.stringify(stage.eventCardOf(event))).toContain('different from this event there: title.');
    stage.world.advance(HOUR_MS + 2 * MINUTE_MS);
    expect(nextcloud.rooms().map(({ name }) => name)).toEqual(['Plan']);
  });
});
