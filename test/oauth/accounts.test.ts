/** A person with two accounts at one vendor: what was made with the one waits for it, and nothing is told to be gone. */
import type { AddOn } from '../../sandbox/script/host';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../scenarios/stage';
import { builtAddOn } from '../support/built-add-on';
import { exampleAddOns, type VendorName, VendorStage } from './vendor-stage';

let addOns: Record<VendorName, AddOn>;

beforeAll(() => {
  addOns = exampleAddOns();
}, 60_000);

/** Connected as ana-there, with a meeting. */
function withMeeting(name: VendorName, addOn = addOns[name]) {
  const stage = new VendorStage(name, addOn);
  stage.connects();
  const event = stage.meets('Mine');
  stage.world.advance(HOUR_MS);
  return { stage, event, card: () => JSON.stringify(stage.eventCardOf(event)) };
}

/** Requests that change something at the vendor, while `act` and the hours after it pass. */
function writesIn(stage: VendorStage, act: () => void): string[] {
  const before = stage.asked().length;
  act();
  stage.world.advance(5 * HOUR_MS);
  return stage
    .asked()
    .slice(before)
    .filter((line) => /^(PATCH|PUT|DELETE|POST .*eetings)/.test(line));
}

const SERVICE = { zoom: 'Zoom', webex: 'Webex', teams: 'Microsoft Teams' };

describe.each(['zoom', 'webex', 'teams'] as const)('a person with another account at %s', (name) => {
  it('finds on the event’s card which account is meant and which is connected, and never that it is gone', () => {
    const { stage, event, card } = withMeeting(name);
    stage.changesTo('other-account');
    stage.ana.edits(event, { summary: 'Mine, renamed' });
    stage.world.advance(3 * HOUR_MS);
    expect(card()).toContain('Not in step.');
    expect(card()).toMatch(
      new RegExp(
        `It was made with another account at ${SERVICE[name]}; you are connected as other-account@\\w+\\.example\\.`,
      ),
    );
    expect(card()).toMatch(/A change of \d hours ago waits for that account; nothing is lost\./);
    expect(stage.cardOf()).toContain('1 conference of yours was made with another account');
    for (const shown of [card(), stage.cardOf()]) {
      expect(shown).not.toMatch(/does not have this conference|no longer exists|gone|set aside/);
    }
  });

  it('has what she changed under it told once she is back, after one request that did not help', () => {
    const { stage, event, card } = withMeeting(name);
    stage.changesTo('other-account');
    expect(writesIn(stage, () => stage.ana.edits(event, { summary: 'Mine, renamed' }))).toHaveLength(1);
    stage.changesTo('ana-there');
    stage.world.settle();
    expect(stage.kept()).toEqual(['ana-there: Mine, renamed']);
    expect(card()).toContain('In step with this event.');
    expect(stage.cardOf()).not.toContain('another account');
  });

  it('has what she deleted under it ended once she is back', () => {
    const { stage, event } = withMeeting(name);
    stage.changesTo('other-account');
    expect(writesIn(stage, () => stage.ana.deletes(event))).toHaveLength(1);
    expect(stage.kept()).toEqual(['ana-there: Mine']);
    stage.world.advance(5 * HOUR_MS);
    stage.changesTo('ana-there');
    stage.world.settle();
    expect(stage.kept()).toEqual([]);
  });

  it('makes new conferences with it, which the first account then does not change', () => {
    const { stage } = withMeeting(name);
    stage.changesTo('other-account');
    const second = stage.meets('Second');
    expect(stage.kept()).toEqual(['ana-there: Mine', 'other-account: Second']);
    stage.changesTo('ana-there');
    stage.ana.deletes(second);
    stage.world.advance(3 * HOUR_MS);
    expect(stage.kept()).toEqual(['ana-there: Mine', 'other-account: Second']);
    stage.changesTo('other-account');
    stage.world.settle();
    expect(stage.kept()).toEqual(['ana-there: Mine']);
  });

  it('is named where she disconnects, and stands in no log line and in nothing that is kept of events', () => {
    const { stage, event } = withMeeting(name);
    stage.changesTo('other-account');
    stage.ana.edits(event, { summary: 'Edited' });
    stage.world.advance(2 * HOUR_MS);
    expect(stage.settingsCard()).toContain('acts with your account other-account@');
    const { [`lockstep.grant.${name}`]: grant = '', ...others } = stage.world.script.userProperties(stage.ana.email);
    expect(grant).toContain('other-account@');
    const logged = stage.world.trace.entries().filter(({ kind }) => kind === 'log');
    expect(JSON.stringify([others, logged])).not.toMatch(/other-account|ana-there/);
  });
});

describe('a person at Zoom', () => {
  it('is connected as the same account for as long as the vendor renews her tokens', () => {
    const { stage, event } = withMeeting('zoom');
    const account = /"account":\{[^}]*\}/.exec(stage.grant())?.[0];
    stage.world.advance(DAY_MS);
    stage.ana.edits(event, { summary: 'A day later' });
    stage.world.settle();
    expect(account).toContain('ana-there@');
    expect(stage.grant()).toContain(account as string);
    expect(stage.kept()).toEqual(['ana-there: A day later']);
  });

  it('misses nothing if the execution that connects her first account again is killed anywhere', () => {
    let kills = 0;
    for (; ; kills++) {
      const { stage, event } = withMeeting('zoom');
      stage.changesTo('other-account');
      stage.ana.edits(event, { summary: 'Mine, renamed' });
      stage.world.advance(2 * HOUR_MS);
      stage.disconnects();
      const url = stage.refusedUrl();
      stage.world.faults.next('script', { kind: 'kill', when: 'after' }, 1, kills);
      stage.connects(url);
      const wasKilled = stage.world.faults.struck().length > 0;
      stage.world.faults.clear();
      if (!wasKilled) break;
      if (stage.refusedUrl() !== '') stage.connects();
      if (!stage.settingsCard().includes('ana-there')) stage.changesTo('ana-there');
      stage.world.advance(2 * HOUR_MS);
      expect(stage.kept()).toContain('ana-there: Mine, renamed');
    }
    expect(kills).toBeGreaterThan(5);
  }, 120_000);
});

describe('a person whose account the vendor does not name', () => {
  /** An operator has not added the scope to the app at Zoom: it leaves it out of what it grants. */
  const withoutScope = () =>
    builtAddOn(
      {
        zoom: `zoom({ auth: { ...zoomPersonalGrant({ clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }),
          scopes: ['meeting:write:meeting', 'meeting:update:meeting', 'meeting:delete:meeting', 'meeting:read:meeting'] } })`,
      },
      { zoom: 'lockstep', zoomPersonalGrant: 'lockstep' },
    );
  let addOn: AddOn;
  beforeAll(() => {
    addOn = withoutScope();
  }, 60_000);

  it('has both possibilities named, and what waits done with the account that made it', () => {
    const { stage, event, card } = withMeeting('zoom', addOn);
    stage.changesTo('other-account');
    stage.ana.edits(event, { summary: 'Mine, renamed' });
    stage.world.advance(3 * HOUR_MS);
    expect(card()).toContain('it was made with another account, or it is gone. If you have another account there');
    expect(card()).not.toContain('does not have this conference any more');
    expect(stage.cardOf()).toContain('made with another one, or gone');
    stage.changesTo('ana-there');
    stage.world.settle();
    expect(stage.kept()).toEqual(['ana-there: Mine, renamed']);
    expect(card()).toContain('In step with this event.');
  });

  it('has an ending held, and done with the account that made it', () => {
    const { stage, event } = withMeeting('zoom', addOn);
    stage.changesTo('other-account');
    stage.ana.deletes(event);
    stage.world.advance(3 * HOUR_MS);
    stage.changesTo('ana-there');
    stage.world.settle();
    expect(stage.kept()).toEqual([]);
  });

  it('is told plainly what is gone while the grant is the one that made it: renewed, it is no new one', () => {
    const { stage, event, card } = withMeeting('zoom', addOn);
    stage.world.advance(3 * HOUR_MS);
    stage.hostEndsAll();
    stage.ana.edits(event, { summary: 'Renamed' });
    stage.world.advance(3 * HOUR_MS);
    expect(card()).toContain('zoom does not have this conference any more.');
  });
});

describe('conferences from before accounts were known', () => {
  /** The store as an earlier version left it: no list, no mark in a binding, no account beside the grant. */
  function asBefore(stage: VendorStage): void {
    const properties = stage.world.script.userProperties(stage.ana.email);
    const [[shard, line] = ['', '']] = Object.entries(properties).filter(([key]) => key.startsWith('lockstep.ledger.'));
    const { account: _account, ...grant } = JSON.parse(stage.grant()) as Record<string, unknown>;
    stage.world.script.setUserProperty(stage.ana.email, shard, line.replace(/\|+0$/gm, ''));
    stage.world.script.setUserProperty(stage.ana.email, 'lockstep.accounts', '');
    stage.world.script.setUserProperty(stage.ana.email, `lockstep.grant.${stage.name}`, JSON.stringify(grant));
  }

  it('are neither ended nor called gone under another account, and followed again with the first', () => {
    const { stage, event, card } = withMeeting('zoom');
    asBefore(stage);
    stage.changesTo('other-account');
    stage.ana.edits(event, { summary: 'Mine, renamed' });
    stage.world.advance(3 * HOUR_MS);
    expect(card()).toContain('it was made with another account, or it is gone.');
    stage.changesTo('ana-there');
    stage.world.settle();
    expect(stage.kept()).toEqual(['ana-there: Mine, renamed']);
  });

  it('are known for what they are from the first change on that is told', () => {
    const { stage, event, card } = withMeeting('zoom');
    asBefore(stage);
    stage.world.advance(2 * HOUR_MS);
    stage.ana.edits(event, { summary: 'Told' });
    stage.world.advance(MINUTE_MS);
    stage.changesTo('other-account');
    stage.ana.edits(event, { summary: 'Not told' });
    stage.world.advance(3 * HOUR_MS);
    expect(card()).toContain('It was made with another account at Zoom');
  });
});

describe('an operator who lets dead links be mended', () => {
  it('has no link replaced because the account is another one', () => {
    const addOn = builtAddOn(
      {
        zoom: "zoom({ auth: zoomPersonalGrant({ clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }) })",
      },
      { zoom: 'lockstep', zoomPersonalGrant: 'lockstep' },
      "brokenLinks: 'repair'",
    );
    for (const isKnown of [true, false]) {
      const { stage, event } = withMeeting('zoom', addOn);
      if (!isKnown) stage.world.script.setUserProperty(stage.ana.email, 'lockstep.accounts', '{}');
      stage.changesTo('other-account');
      stage.ana.edits(event, { summary: 'Mine, renamed' });
      stage.world.advance(DAY_MS);
      expect(stage.kept()).toEqual(['ana-there: Mine']);
      stage.changesTo('ana-there');
      stage.world.advance(HOUR_MS);
      expect(stage.kept()).toEqual(['ana-there: Mine, renamed']);
    }
  }, 60_000);
});
