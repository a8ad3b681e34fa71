import { whereby } from '../../src/providers/whereby';
import { describeContract } from './contract';
import { MEETING } from './samples';
import { openWhereby } from './whereby-vendor';
import { Wire } from './wire';

const DAY_MS = 86_400_000;
const provider = whereby({ scriptProperty: 'WHEREBY_KEY', roomNamePrefix: 'acme' });

describeContract('whereby', { provider, open: openWhereby, leavesRoom: true });

describe('a room of Whereby', () => {
  it('can be entered for a year, whenever the meeting is, and then is gone', () => {
    const vendor = openWhereby();
    new Wire(vendor.site).run(provider.create(MEETING, 'word-1'));
    vendor.clock.moveTo(vendor.clock.nowMs() + 364 * DAY_MS);
    expect(vendor.site.meetings()).toHaveLength(1);
    vendor.clock.moveTo(vendor.clock.nowMs() + 3 * DAY_MS);
    expect(vendor.site.meetings()).toEqual([]);
  });

  it('is for groups, with the prefix in its name, and not locked', () => {
    const vendor = openWhereby();
    new Wire(vendor.site).run(provider.create(MEETING, 'word-1'));
    expect(vendor.site.meetings()[0]).toMatchObject({ roomMode: 'group', isLocked: false });
    expect(vendor.site.meetings()[0]?.roomUrl).toMatch(/^https:\/\/acme\.whereby\.com\/acme[0-9a-f-]{36}$/);
  });
});

describe('Whereby’s points', () => {
  it('are told to be back in as long as the answer says', () => {
    const vendor = openWhereby();
    const wire = new Wire(vendor.site);
    const outcomes = Array.from({ length: 34 }, (_, i) => wire.run(provider.create(MEETING, `word-${i}`)));
    expect(outcomes.slice(0, 33).every(({ kind }) => kind === 'created')).toBe(true);
    expect(outcomes[33]).toEqual({ kind: 'limited', retryAfterMs: 60_000 });
  });
});
