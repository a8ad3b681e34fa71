/** The workloads of `npm run scale`, small: what docs/scale.md says of thousands holds for tens. */
import { join } from 'node:path';
import { foreignImport, shift } from '../../bench/scale/bursts';
import { answers } from '../../bench/scale/everyday';
import { passesAt } from '../../bench/scale/growth';
import { Office } from '../../bench/scale/office';
import { expiredToken, OUTAGES, outage, refusedWrites } from '../../bench/scale/trouble';
import { loadAddOn } from '../../sandbox/script/host';

const addOn = loadAddOn(join(__dirname, '../../dist'));
const TEN_MINUTES_MS = 600_000;

describe('many events shifted at once', () => {
  it.each([
    ['a trigger for each change', false],
    ['triggers merged', true],
  ])('each costs one call, and none is missed: %s', async (_, coalesced) => {
    const { tally, lost, orphans } = await shift(addOn, { conferences: 40, events: 40, overMs: 6_000, coalesced });
    expect({ provider: tally.calls.provider, accepted: tally.accepted, missed: tally.missed }).toEqual({
      provider: 40,
      accepted: 40,
      missed: 0,
    });
    expect([tally.refused, tally.killed, tally.threw, lost, orphans]).toEqual([0, 0, 0, 0, 0]);
  });

  it('of executions that overlap all but one leave their work to another', async () => {
    const { tally, peak } = await foreignImport(addOn, { conferences: 10, events: 60, overMs: 2_000 });
    expect(peak).toBeGreaterThan(2);
    expect(tally.busy).toBeGreaterThan(0);
    expect(tally.calls).toMatchObject({ provider: 0, get: 0 });
    expect(tally.calls.list).toBeLessThan(tally.executions);
  });
});

describe('an expired token after a gap of three days', () => {
  it('costs a refused list, a full one, and a call for each difference', async () => {
    const [first, settled] = await expiredToken(addOn, { conferences: 30, foreign: 60 });
    expect(first.tally).toMatchObject({ failed: 1, accepted: 5, calls: { list: 1, provider: 5 } });
    expect(settled.tally).toMatchObject({ accepted: 3, missed: 0, calls: { get: 3, provider: 3 } });
    expect([settled.lost, settled.orphans]).toEqual([0, 0]);
  });
});

describe('a conference server that is down', () => {
  it.each(Object.keys(OUTAGES) as Array<keyof typeof OUTAGES>)(
    'that %s is asked seldom, and told everything once it is back',
    async (how) => {
      const [during, after] = await outage(addOn, how, { conferences: 20, edits: 10 });
      expect(during.tally.calls.provider).toBeLessThanOrEqual(25);
      expect(after.tally).toMatchObject({ accepted: 9, missed: 0, calls: { provider: 9 } });
      expect([after.lost, after.orphans]).toEqual([0, 0]);
    },
  );
});

describe('a property store that refuses to write', () => {
  it('does not make every pass tell the provider the same again', async () => {
    const [during, after] = await refusedWrites(addOn, { conferences: 20, edits: 10, forMs: TEN_MINUTES_MS });
    expect(during.tally.calls.provider + after.tally.calls.provider).toBeLessThanOrEqual(12);
    expect([after.tally.missed, after.lost, after.orphans]).toEqual([0, 0, 0]);
  });
});

describe('an event that everybody answers', () => {
  it('costs the provider nothing', async () => {
    const { tally, lost } = await answers(addOn, { conferences: 10, guests: 15, answers: 45 });
    expect(tally.calls.provider).toBe(0);
    expect(lost).toBe(0);
  });
});

describe('one piece of news among ten conferences, and among a hundred', () => {
  it('costs the same calls', () => {
    const office = new Office(addOn);
    const [few, many] = [10, 100].map((conferences) => {
      office.fill(conferences);
      return passesAt(office).map(({ tally }) => tally.calls);
    });
    expect(many).toEqual(few);
  });
});
