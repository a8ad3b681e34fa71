/** A person's own grant, from the first refusal to the last revocation, with the built add-on in the sandbox. */
import type { AddOn } from '../../sandbox/script/host';
import { HOUR_MS, MINUTE_MS } from '../scenarios/stage';
import { CLIENT_SECRET, EVENT, OAuthStage, personalAddOn } from './oauth-stage';

let addOn: AddOn;

beforeAll(() => {
  addOn = personalAddOn();
});

const GRANT = 'lockstep.grant.meet';

describe('a person who has not connected', () => {
  it('is shown where to connect instead of a conference, and nothing is asked of the provider', () => {
    const stage = new OAuthStage(addOn);
    const shown = stage.refusedCreate();
    expect(shown.errorType).toBe('AUTHENTICATION');
    const url = new URL(shown.authenticationUrl as string);
    expect(url.origin + url.pathname).toBe('https://id.example.com/authorize');
    expect([...url.searchParams.keys()].sort()).toEqual([
      'client_id',
      'code_challenge',
      'code_challenge_method',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
    ]);
    expect(url.href.length).toBeLessThanOrEqual(1_800);
    expect(stage.world.conferences.requests()).toEqual([]);
    expect(stage.asked()).toEqual([]);
  });

  it('gets the conference after agreeing, at the second try', () => {
    const stage = new OAuthStage(addOn);
    const page = stage.connects();
    expect(page.html).toContain('Example meet is connected.');
    const event = stage.meeting();
    expect(event.shown).toBeUndefined();
    expect(stage.titles()).toEqual(['Design review']);
    expect(stage.asked()).toEqual(['POST /token -> 200']);
  });

  it('can connect by the one button of the home card, which then goes away', () => {
    const stage = new OAuthStage(addOn);
    expect(stage.cardOf()).toContain('Connect your account at Example meet');
    stage.connects(stage.buttonUrl());
    expect(stage.buttonUrl()).toBeUndefined();
    expect(stage.meeting().shown).toBeUndefined();
  });

  it('who says no is told so, and stays unconnected', () => {
    const stage = new OAuthStage(addOn);
    stage.browser.opens(stage.buttonUrl() as string);
    const page = stage.browser.sends({ account: 'ana-at-vendor', decision: 'deny' });
    expect(page.html).toContain('Example meet was not connected, because access was not granted.');
    expect(stage.refusedCreate().errorType).toBe('AUTHENTICATION');
  });

  it('connects for herself only', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const draft = stage.ben.drafts({ ...EVENT, conference: 'example-meet' });
    expect(draft.conference).toMatchObject({ state: 'failed', shown: { errorType: 'AUTHENTICATION' } });
  });

  it('is not sent anywhere while the operator has not entered the client', () => {
    const stage = new OAuthStage(addOn);
    stage.world.script.setScriptProperty('MEET_CLIENT', '');
    expect(stage.refusedCreate().errorType).toBe('PERMANENT');
    expect(stage.buttonUrl()).toBeUndefined();
  });
});

describe('the way back from the provider', () => {
  it('is good once', () => {
    const stage = new OAuthStage(addOn);
    const page = stage.connects();
    const again = stage.browser.opens(page.url);
    expect(again.html).toContain('This address was used already, or is too old.');
    expect(stage.oauth.grants()).toHaveLength(1);
  });

  it('is refused for anybody else', () => {
    const stage = new OAuthStage(addOn);
    const state = new URL(stage.buttonUrl() as string).searchParams.get('state') as string;
    const url = `https://script.google.com/macros/d/${stage.world.script.scriptId}/usercallback?code=x&state=${state}`;
    stage.browser.opens(url.replace(state, `${state.slice(0, -1)}~`));
    expect(stage.browser.page.status).toBe(400);
    expect(stage.world.script.userProperties(stage.ana.email)[GRANT]).toBeUndefined();
  });

  it('is refused when another server answers in the name of this one', () => {
    const stage = new OAuthStage(addOn);
    const state = new URL(stage.buttonUrl() as string).searchParams.get('state') as string;
    const address = `https://script.google.com/macros/d/${stage.world.script.scriptId}/usercallback`;
    const page = stage.browser.opens(`${address}?code=stolen&state=${state}&iss=https://evil.example`);
    expect(page.html).toContain('could not be connected');
    expect(stage.asked()).toEqual([]);
  });

  it('is too late after an hour', () => {
    const stage = new OAuthStage(addOn);
    const url = stage.buttonUrl() as string;
    stage.world.advance(HOUR_MS + MINUTE_MS);
    expect(stage.connects(url).status).toBe(400);
  });

  it('that fails at the token endpoint says so, and the next one works', () => {
    const stage = new OAuthStage(addOn);
    const url = stage.buttonUrl() as string;
    stage.browser.opens(url);
    stage.world.faults.next('internet.id.example.com', { kind: 'status', status: 503 }, 1, 1);
    expect(stage.browser.sends({ account: 'ana', decision: 'allow' }).html).toContain('could not be connected');
    expect(stage.connects().html).toContain('is connected');
  });
});

describe('a token that runs out', () => {
  it('is renewed with a rotated refresh token, again and again, by creates and by passes', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS });
    stage.connects();
    const event = stage.meeting();
    for (let day = 0; day < 4; day++) {
      stage.world.advance(HOUR_MS);
      stage.ana.edits(event, { summary: `Review ${day}` });
      stage.world.settle();
      expect(stage.titles()).toEqual([`Review ${day}`]);
      stage.world.advance(HOUR_MS);
      expect(stage.meeting({ summary: `Other ${day}` }).shown).toBeUndefined();
      stage.ana.deletes(stage.meeting({ summary: 'Short' }));
      for (const { id, title } of stage.live()) if (title !== `Review ${day}`) stage.world.conferences.cancel(id);
    }
    expect(stage.oauth.grants()).toHaveLength(1);
    expect(stage.logged('grant').filter(({ end }) => end === 'renewed').length).toBeGreaterThanOrEqual(8);
  });

  it('is renewed by a pass ahead of time, so that the create after it need not', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const event = stage.meeting();
    stage.world.advance(56 * MINUTE_MS);
    stage.ana.edits(event, { summary: 'Later' });
    stage.world.settle();
    expect(stage.asked()).toEqual(['POST /token -> 200', 'POST /token -> 200']);
    stage.world.advance(10 * MINUTE_MS);
    expect(stage.meeting().shown).toBeUndefined();
    expect(stage.asked()).toHaveLength(2);
  });

  it('costs a pass one request however many conferences wait for it', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const events = [1, 2, 3, 4, 5].map((n) => stage.meeting({ summary: `Event ${n}` }));
    stage.world.advance(3 * HOUR_MS);
    const before = stage.asked().length;
    stage.unnoticed(() => {
      for (const event of events) stage.ana.edits(event, { location: 'x', summary: 'Same' });
    });
    const calls = stage.callsIn(() => stage.fires(stage.ana.email));
    expect(stage.titles()).toEqual(['Same', 'Same', 'Same', 'Same', 'Same']);
    expect(stage.asked().length - before).toBe(1);
    expect(calls.filter((call) => call === 'UrlFetchApp.fetchAll')).toHaveLength(1);
  });

  it('and cannot be renewed during an outage keeps its grant, and every change', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS });
    stage.connects();
    const event = stage.meeting();
    stage.world.advance(HOUR_MS);
    stage.world.faults.always('internet.id.example.com', { kind: 'status', status: 503 });
    stage.ana.edits(event, { summary: 'During the outage' });
    stage.world.settle();
    expect(stage.refusedCreate().errorType).toBe('TEMPORARY');
    stage.world.faults.clear();
    stage.anHourLater();
    expect(stage.titles()).toEqual(['During the outage']);
    expect(stage.buttonUrl()).toBeUndefined();
  });

  it('whose renewal was carried out but never answered is renewed with the old one where the vendor allows it', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS, reuseGraceMs: 3 * HOUR_MS });
    stage.connects();
    const event = stage.meeting();
    stage.world.advance(HOUR_MS);
    stage.world.faults.next('internet.id.example.com', { kind: 'lost-answer' });
    stage.ana.edits(event, { summary: 'After a lost answer' });
    stage.world.settle();
    stage.anHourLater();
    expect(stage.titles()).toEqual(['After a lost answer']);
    expect(stage.oauth.grants()).toHaveLength(1);
  });
});

describe('a token that the provider refuses ahead of time', () => {
  it('is renewed once, and the request repeated', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const event = stage.meeting();
    stage.site.refuseNext = 1;
    stage.ana.edits(event, { summary: 'Refused once' });
    stage.world.settle();
    expect(stage.titles()).toEqual(['Refused once']);
    expect(stage.asked()).toHaveLength(2);
  });

  it('is renewed once for a whole wave', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const events = [1, 2, 3].map((n) => stage.meeting({ summary: `Event ${n}` }));
    stage.unnoticed(() => {
      for (const event of events) stage.ana.edits(event, { summary: 'Same' });
    });
    stage.site.refuseNext = 3;
    stage.fires(stage.ana.email);
    expect(stage.titles()).toEqual(['Same', 'Same', 'Same']);
    expect(stage.asked()).toHaveLength(2);
  });

  it('and whose renewal is refused, too, is asked about no further', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    stage.site.refuseNext = 100;
    expect(stage.refusedCreate().errorType).toBe('AUTHENTICATION');
    expect(stage.asked()).toHaveLength(2);
  });
});

describe('a grant that the person took back at the provider', () => {
  it('pauses what waits for it, says so on the card, and after connecting again everything goes on', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS });
    stage.connects();
    const kept = stage.meeting({ summary: 'Kept' });
    const dropped = stage.meeting({ summary: 'Dropped' });
    stage.oauth.withdraw('ana-at-vendor');
    stage.world.advance(HOUR_MS);
    stage.ana.edits(kept, { summary: 'Kept, renamed' });
    stage.ana.deletes(dropped);
    stage.world.settle();
    stage.world.advance(5 * HOUR_MS);
    expect(stage.titles()).toEqual(['Dropped', 'Kept']);
    const card = stage.cardOf();
    expect(card).toContain('Changes wait until then; nothing is lost.');
    expect(card).not.toContain('tell your administrator');
    expect(stage.refusedCreate().errorType).toBe('AUTHENTICATION');

    stage.connects(stage.buttonUrl());
    expect(stage.titles()).toEqual(['Kept, renamed']);
    expect(stage.buttonUrl()).toBeUndefined();
    expect(stage.cardOf()).not.toContain('on the way');
  });

  it('is forgotten, and the provider is not asked with it again', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const event = stage.meeting();
    stage.oauth.withdraw('ana-at-vendor');
    stage.ana.edits(event, { summary: 'x' });
    stage.world.settle();
    const asked = stage.asked().length;
    stage.world.advance(12 * HOUR_MS);
    expect(stage.asked()).toHaveLength(asked);
    expect(stage.world.script.userProperties(stage.ana.email)[GRANT]).toBeUndefined();
  });

  it('survives a week without the person', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const event = stage.meeting({ start: '2026-04-03T10:00:00', end: '2026-04-03T11:00:00' });
    stage.oauth.withdraw('ana-at-vendor');
    stage.ana.edits(event, { summary: 'Ten days later' });
    stage.world.advance(10 * 24 * HOUR_MS);
    stage.connects();
    expect(stage.titles()).toEqual(['Ten days later']);
  });
});

describe('disconnecting', () => {
  const signOut = (stage: OAuthStage) =>
    stage.world.script.run(
      stage.ana.email,
      'signOut',
      [{ commonEventObject: { parameters: { provider: 'meet' } } }],
      'card',
    );

  it('is a button on the settings card, ends the grant at the provider and forgets it', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    const settings = JSON.stringify(stage.world.script.run(stage.ana.email, 'showSettings', [], 'card'));
    expect(settings).toContain('Disconnect Example meet');
    const answer = JSON.stringify(signOut(stage));
    expect(answer).toContain('Example meet is disconnected.');
    expect(answer).not.toContain('Disconnect Example meet');
    expect(stage.oauth.grants()).toEqual([]);
    expect(stage.world.script.userProperties(stage.ana.email)[GRANT]).toBeUndefined();
    expect(stage.refusedCreate().errorType).toBe('AUTHENTICATION');
  });

  it('while the provider is down forgets the grant and says what is left to do', () => {
    const stage = new OAuthStage(addOn);
    stage.connects();
    stage.world.faults.always('internet.id.example.com', { kind: 'status', status: 503 });
    expect(JSON.stringify(signOut(stage))).toContain('take this app’s access away in your account there as well');
    expect(stage.world.script.userProperties(stage.ana.email)[GRANT]).toBeUndefined();
  });

  it('of a person who is not connected is not offered', () => {
    const stage = new OAuthStage(addOn);
    const settings = JSON.stringify(stage.world.script.run(stage.ana.email, 'showSettings', [], 'card'));
    expect(settings).not.toContain('Disconnect');
    expect(JSON.stringify(signOut(stage))).toContain('is disconnected');
  });
});

describe('secrets', () => {
  it('stand in no log line, no card and no page, and in no address but the code that Google is sent', () => {
    const stage = new OAuthStage(addOn, { accessMs: 10 * MINUTE_MS });
    const shown = [stage.cardOf(), stage.connects().html];
    stage.meeting();
    stage.world.advance(HOUR_MS);
    stage.meeting({ summary: 'Second' });
    shown.push(stage.cardOf());
    shown.push(JSON.stringify(stage.world.script.run(stage.ana.email, 'showSettings', [], 'card')));
    const grant = JSON.parse(stage.world.script.userProperties(stage.ana.email)[GRANT] as string);
    const everything = shown.join() + JSON.stringify(stage.world.trace.entries());
    for (const secret of [grant.access, grant.refresh, CLIENT_SECRET]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(everything).not.toContain(secret);
    }
    const tokens = [...stage.world.records.entries('oauth.token')].map(([word]) => word);
    expect(tokens.length).toBeGreaterThanOrEqual(4);
    for (const token of tokens) expect(everything).not.toContain(token);
  });

  it('are asked for at exact addresses', () => {
    expect(addOn.manifest.urlFetchWhitelist).toEqual([
      'https://id.example.com/revoke',
      'https://id.example.com/token',
      'https://meet.example.com/v1/',
    ]);
  });
});
