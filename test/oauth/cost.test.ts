/** What OAuth costs a pass and a create, beside the same add-on without. */
import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { Stage } from '../scenarios/stage';
import { EVENT, OAuthStage, organisationAddOn, personalAddOn } from './oauth-stage';

/** Calls of one pass that has one change to deliver, counted by service and method. */
function callsOfPass(stage: Stage): Record<string, number> {
  const event = stage.meeting();
  stage.unnoticed(() => stage.ana.edits(event, { summary: 'Counted' }));
  return counted(stage.callsIn(() => stage.fires(stage.ana.email)));
}

function counted(calls: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[call] = (counts[call] ?? 0) + 1;
  return counts;
}

function difference(calls: Record<string, number>, plain: Record<string, number>): Record<string, number> {
  const names = new Set([...Object.keys(calls), ...Object.keys(plain)]);
  const all = [...names].map((name): [string, number] => [name, (calls[name] ?? 0) - (plain[name] ?? 0)]);
  return Object.fromEntries(all.filter(([, count]) => count !== 0));
}

const plainAddOn = loadAddOn(join(__dirname, '../../dist'));

describe('a pass', () => {
  const plain = callsOfPass(new Stage(plainAddOn));

  it('without OAuth lists once, reads its state once and writes it twice', () => {
    expect(plain).toMatchObject({
      'Calendar events.list': 1,
      'PropertiesService.getProperties': 1,
      'PropertiesService.setProperties': 2,
      'UrlFetchApp.fetch': 1,
    });
    expect(Object.keys(plain)).not.toContain('PropertiesService.getProperty');
  });

  it("with a person's own grant reads one property more", () => {
    const stage = new OAuthStage(personalAddOn());
    stage.connects();
    expect(difference(callsOfPass(stage), plain)).toEqual({ 'PropertiesService.getProperty': 1 });
  });

  it("with the organisation's grant looks once more into the cache", () => {
    expect(difference(callsOfPass(new OAuthStage(organisationAddOn())), plain)).toEqual({ 'CacheService.get': 1 });
  });
});

describe('a pass with nothing to deliver', () => {
  it('asks for no token, even if the last one has run out', () => {
    const stage = new OAuthStage(personalAddOn(), { accessMs: 60_000 });
    stage.connects();
    const event = stage.meeting();
    const plain = new Stage(plainAddOn);
    const other = plain.meeting();
    stage.unnoticed(() => stage.ana.edits(event, { location: 'Room 2' }));
    plain.unnoticed(() => plain.ana.edits(other, { location: 'Room 2' }));
    stage.world.advance(120_000);
    const calls = counted(stage.callsIn(() => stage.fires(stage.ana.email)));
    expect(calls).toEqual(counted(plain.callsIn(() => plain.fires(plain.ana.email))));
  });
});

describe('a create', () => {
  it("with a person's own grant reads one property more than without", () => {
    const stage = new OAuthStage(personalAddOn());
    stage.connects();
    stage.meeting();
    const plain = new Stage(plainAddOn);
    plain.meeting();
    const draft = (on: Stage) => counted(on.callsIn(() => on.ana.drafts({ ...EVENT, conference: 'example-meet' })));
    expect(difference(draft(stage), draft(plain))).toEqual({ 'PropertiesService.getProperty': 1 });
  });
});
