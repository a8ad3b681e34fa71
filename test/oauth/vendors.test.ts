/** Zoom and Webex with the grants that their providers declare: from the first refusal to the last sign-out. */
import type { AddOn } from '../../sandbox/script/host';
import { DAY_MS, HOUR_MS } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';
import { exampleAddOns, type VendorName, VendorStage } from './vendor-stage';

let addOns: Record<VendorName, AddOn>;

beforeAll(() => {
  addOns = exampleAddOns();
}, 60_000);

const stageOf = (name: VendorName) => new VendorStage(name, addOns[name]);

const CONSENT = {
  zoom: {
    at: 'https://zoom.us/oauth/authorize',
    scope: 'meeting:write:meeting meeting:update:meeting meeting:delete:meeting meeting:read:meeting user:read:user',
    token: 'POST zoom.us/oauth/token -> 200',
    account: 'GET api.zoom.us/v2/users/me -> 200',
    create: 'POST api.zoom.us/v2/users/me/meetings -> 201',
  },
  webex: {
    at: 'https://webexapis.com/v1/authorize',
    scope: 'meeting:schedules_read meeting:schedules_write spark:people_read',
    token: 'POST webexapis.com/v1/access_token -> 200',
    account: 'GET webexapis.com/v1/people/me -> 200',
    create: 'POST webexapis.com/v1/meetings -> 200',
  },
};

describe.each(['zoom', 'webex'] as const)('a person with %s', (name) => {
  const consent = CONSENT[name];

  it('finds the vendor’s page among those that the manifest lists', () => {
    const stage = stageOf(name);
    const url = stage.buttonUrl() ?? '';
    const prefixes = addOns[name].manifest.addOns?.common.openLinkUrlPrefixes ?? [];
    expect(prefixes.filter((prefix) => url.startsWith(prefix))).toEqual([consent.at]);
  });

  it('is asked for their consent to Google’s own scopes before they are sent to the vendor', () => {
    const stage = stageOf(name);
    const { authorization } = stage.world.script;
    authorization.revokeScope(stage.ana.email, 'script.external_request');
    for (const url of [stage.refusedUrl(), stage.buttonUrl()]) expect(url).toMatch(/^https:\/\/script\.google\.com\//);
    authorization.consent(stage.ana.email);
    expect(stage.refusedUrl()).toContain(consent.at);
  });

  it('who has not connected is sent to the vendor’s own page, with what it wants to know', () => {
    const stage = stageOf(name);
    const shown = stage.refusal();
    expect(shown?.errorType).toBe('AUTHENTICATION');
    const url = new URL(shown?.authenticationUrl ?? '');
    expect(url.origin + url.pathname).toBe(consent.at);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: `${name}-client`,
      redirect_uri: `https://script.google.com/macros/d/${stage.world.script.scriptId}/usercallback`,
      scope: consent.scope,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
      state: expect.any(String),
    });
    expect(url.href.length).toBeLessThanOrEqual(1_800);
    expect(stage.asked()).toEqual([]);
  });

  it('who consents has meetings of her own, that follow their events', () => {
    const stage = stageOf(name);
    expect(stage.connects().html).toMatch(/is connected\. Your account there is ana-there@(zoom|webex)\.example\./);
    const event = stage.meets();
    expect(stage.kept()).toEqual(['ana-there: Design review']);
    const asked = stage.asked().filter((line) => !line.includes('authorize'));
    expect(asked.slice(0, 3)).toEqual([consent.token, consent.account, consent.create]);
    expect(asked.filter((line) => line === consent.account)).toHaveLength(1);
    expect(asked.filter((line) => line === consent.token)).toHaveLength(1);
    stage.ana.edits(event, { summary: 'Edited' });
    stage.world.settle();
    expect(stage.kept()).toEqual(['ana-there: Edited']);
    stage.ana.deletes(event);
    stage.anHourLater();
    expect(stage.kept()).toEqual([]);
  });

  it('who says no is asked again at the next create', () => {
    const stage = stageOf(name);
    stage.browser.opens(stage.refusal()?.authenticationUrl ?? '');
    const page = stage.browser.sends({ account: 'ana-there', decision: 'deny' });
    expect(page.html).toContain('was not connected, because access was not granted.');
    expect(stage.refusal()?.errorType).toBe('AUTHENTICATION');
  });

  it('does not connect anybody else', () => {
    const stage = stageOf(name);
    stage.connects();
    expect(stage.refusal(stage.ben)?.errorType).toBe('AUTHENTICATION');
  });

  it('is not asked again for as long as the vendor renews her tokens', () => {
    const stage = stageOf(name);
    stage.connects();
    const event = stage.meets();
    for (let week = 1; week <= 2; week++) {
      stage.world.advance(8 * DAY_MS);
      stage.ana.drags(event, `2026-06-0${week}T10:00:00`, `2026-06-0${week}T11:00:00`);
      stage.ana.edits(event, { summary: `Week ${week}` });
      stage.world.settle();
      expect(stage.kept()).toEqual([`ana-there: Week ${week}`]);
    }
    expect(stage.oauth.grants()).toHaveLength(1);
    expect(stage.buttonUrl()).toBeUndefined();
    expect(stage.asked().filter((line) => line === consent.token).length).toBeGreaterThan(1);
  });

  it('who takes the grant back there is told so, on both cards, and misses nothing after connecting again', () => {
    const stage = stageOf(name);
    stage.connects();
    const [renamed, dropped] = [stage.meets('Kept'), stage.meets('Dropped')];
    stage.oauth.withdraw('ana-there');
    stage.world.advance(15 * 60_000);
    stage.ana.edits(renamed, { summary: 'Renamed' });
    stage.ana.deletes(dropped);
    stage.world.advance(5 * HOUR_MS);
    expect(stage.kept().sort()).toEqual(['ana-there: Dropped', 'ana-there: Kept']);
    expect(stage.cardOf()).toContain('Changes wait until then; nothing is lost.');
    const eventCard = JSON.stringify(stage.eventCardOf(renamed));
    expect(eventCard).toContain('Not in step yet.');
    expect(eventCard).toContain('waits for you: connect your account');
    expect(eventCard).not.toContain('administrator');
    expect(stage.refusal()?.errorType).toBe('AUTHENTICATION');
    const asked = stage.asked().length;
    stage.world.advance(12 * HOUR_MS);
    expect(stage.asked()).toHaveLength(asked);

    stage.connects(stage.buttonUrl());
    expect(stage.kept()).toEqual(['ana-there: Renamed']);
    expect(stage.buttonUrl()).toBeUndefined();
    expect(JSON.stringify(stage.eventCardOf(renamed))).toContain('In step with this event.');
  });
});

describe('signing out', () => {
  const settings = (stage: VendorStage) => {
    const result = stage.world.runCard(stage.world.panel.menu(stage.ana.email, 'Settings'));
    if (!result.ok) throw new Error(JSON.stringify(result));
    return result.value;
  };

  it('of Zoom ends the grant at Zoom', () => {
    const stage = stageOf('zoom');
    stage.connects();
    stage.meets();
    expect(stage.clicks(settings(stage), 'Disconnect Zoom')).toContain('Zoom is disconnected.');
    expect(stage.oauth.grants()).toEqual([]);
    expect(stage.asked()).toContain('POST zoom.us/oauth/revoke -> 200');
    expect(stage.world.script.userProperties(stage.ana.email)['lockstep.grant.zoom']).toBeUndefined();
    expect(stage.refusal()?.errorType).toBe('AUTHENTICATION');
  });

  it('of Webex, which names no way to do so, forgets the tokens and says what is left to do', () => {
    const stage = stageOf('webex');
    stage.connects();
    expect(stage.clicks(settings(stage), 'Disconnect Webex')).toContain('take this app’s access away in your account');
    expect(stage.world.script.userProperties(stage.ana.email)['lockstep.grant.webex']).toBeUndefined();
    expect(stage.refusal()?.errorType).toBe('AUTHENTICATION');
  });
});

describe('Zoom’s rotating refresh token', () => {
  /** Kills one execution at its `nth` service call, while its access token has run out. How Ana goes on after it. */
  function killed(during: 'create' | 'sync', when: 'before' | 'after', nth: number, reuseGraceMs: number) {
    const stage = new VendorStage('zoom', addOns.zoom, { reuseGraceMs });
    stage.connects();
    const event = stage.meets();
    stage.world.advance(2 * HOUR_MS);
    const before = stage.asked().length;
    stage.world.faults.next('script', { kind: 'kill', when }, 1, nth);
    if (during === 'create') stage.refusal();
    else {
      stage.ana.edits(event, { summary: 'Edited' });
      stage.fires(stage.ana.email);
    }
    const wasKilled = stage.world.faults.struck().length > 0;
    stage.world.faults.clear();
    const renewed = stage.asked().slice(before).includes(CONSENT.zoom.token);
    stage.ana.edits(event, { summary: 'After all' });
    stage.world.advance(2 * HOUR_MS);
    const asksAgain = stage.buttonUrl() !== undefined;
    if (asksAgain) stage.connects(stage.buttonUrl());
    stage.world.advance(2 * HOUR_MS);
    expect(stage.kept()).toContain('ana-there: After all');
    expect(stage.refusal()).toBeUndefined();
    return { wasKilled, asksAgain, renewed };
  }

  function everywhere(during: 'create' | 'sync', when: 'before' | 'after', reuseGraceMs: number) {
    const ends = [];
    for (let nth = 0; ; nth++) {
      const end = killed(during, when, nth, reuseGraceMs);
      if (!end.wasKilled) return ends;
      ends.push(end);
    }
  }

  it.each([
    ['create', 'before'],
    ['create', 'after'],
    ['sync', 'before'],
    ['sync', 'after'],
  ] as const)(
    'survives a kill of a %s %s every service call but one: from Zoom’s answer to the store',
    (during, when) => {
      const ends = everywhere(during, when, 0);
      expect(ends.length).toBeGreaterThan(4);
      expect(ends.filter(({ asksAgain }) => asksAgain)).toEqual([{ wasKilled: true, asksAgain: true, renewed: true }]);
    },
    60_000,
  );

  it.each(['create', 'sync'] as const)(
    'survives also that of a %s if Zoom takes the old one for a while',
    (during) => {
      const ends = everywhere(during, 'after', DAY_MS);
      expect(ends.length).toBeGreaterThan(4);
      expect(ends.filter(({ asksAgain }) => asksAgain)).toEqual([]);
    },
    60_000,
  );
});

describe('a whole account at Zoom, by a server-to-server app', () => {
  const grant = (account: string) =>
    builtAddOn(
      {
        zoom: `zoom({
          auth: zoomAccountGrant('${account}', { clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }),
          userId: 'meetings@acme.example',
        })`,
      },
      { zoom: 'lockstep', zoomAccountGrant: 'lockstep' },
    );

  it('makes meetings of the user that is named, and nobody has to connect', () => {
    const stage = new VendorStage('zoom', grant('account-1'));
    const event = stage.meets();
    stage.world.advance(3 * HOUR_MS);
    stage.ana.edits(event, { summary: 'Hours later' });
    stage.world.settle();
    expect(stage.kept()).toEqual(['meetings@acme.example: Hours later']);
    expect(stage.buttonUrl()).toBeUndefined();
    expect(stage.asked().filter((line) => line === CONSENT.zoom.token)).toHaveLength(2);
  });

  it('is refused for another account, and only the operator can help that', () => {
    const stage = new VendorStage('zoom', grant('account-2'));
    expect(stage.refusal()?.errorType).toBe('PERMANENT');
    expect(stage.kept()).toEqual([]);
  });
});
