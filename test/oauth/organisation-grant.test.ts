/** The organisation's own client: one token for everybody, nobody is asked for anything. */
import type { AddOn } from '../../sandbox/script/host';
import { HOUR_MS, MINUTE_MS } from '../scenarios/stage';
import { OAuthStage, organisationAddOn } from './oauth-stage';

let addOn: AddOn;

beforeAll(() => {
  addOn = organisationAddOn();
});

describe("the organisation's own grant", () => {
  it('needs no one to connect, and one token serves everybody', () => {
    const stage = new OAuthStage(addOn);
    expect(stage.meeting().shown).toBeUndefined();
    expect(stage.meeting({ summary: 'Of Ben' }, stage.ben).shown).toBeUndefined();
    expect(stage.asked()).toEqual(['POST /token -> 200']);
    expect(stage.buttonUrl()).toBeUndefined();
  });

  it('gets another token when the first has run out', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS });
    const event = stage.meeting();
    stage.world.advance(HOUR_MS);
    stage.ana.edits(event, { summary: 'Later' });
    stage.world.settle();
    expect(stage.titles()).toEqual(['Later']);
    expect(stage.asked()).toHaveLength(2);
  });

  it('gets another token, once, when the provider refuses the one it has', () => {
    const stage = new OAuthStage(addOn);
    const event = stage.meeting();
    stage.site.refuseNext = 1;
    stage.ana.edits(event, { summary: 'Refused once' });
    stage.world.settle();
    expect(stage.titles()).toEqual(['Refused once']);
    expect(stage.asked()).toHaveLength(2);
  });

  it('whose client is refused is for the administrator to mend', () => {
    const stage = new OAuthStage(addOn);
    const event = stage.meeting();
    stage.world.advance(2 * HOUR_MS);
    stage.world.script.setScriptProperty('MEET_SECRET', 'mistyped');
    stage.ana.edits(event, { summary: 'Waits' });
    stage.world.settle();
    expect(stage.refusedCreate().errorType).toBe('PERMANENT');
    expect(stage.cardOf()).toContain('tell your administrator');
    stage.world.script.setScriptProperty('MEET_SECRET', 'client-secret-canary');
    stage.anHourLater();
    stage.anHourLater();
    expect(stage.titles()).toEqual(['Waits']);
  });
});
