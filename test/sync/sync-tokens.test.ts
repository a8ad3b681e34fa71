import { CALENDAR_PREFIX, calendarKey, readCalendarRecords, usableToken } from '../../src/sync/sync-tokens';

describe('the key of a calendar', () => {
  it('is the same for every spelling of its address, and in every version: it is part of stored names', () => {
    expect(calendarKey('ann@example.com')).toBe('LHTxI4');
    expect(calendarKey('Ann@Example.COM')).toBe('LHTxI4');
  });
});

describe('the records of calendars', () => {
  it('are read from properties of their own, and from no other', () => {
    const record = JSON.stringify({ id: 'ann@example.com', token: 't' });
    const records = readCalendarRecords({ [`${CALENDAR_PREFIX}a`]: record, 'lockstep.grant.meet': record });
    expect([...records]).toEqual([['a', { id: 'ann@example.com', token: 't' }]]);
  });

  it.each(['', '{', 'null', '7', '{}', '{"id":7}'])('are none where a property holds %s', (text) => {
    expect(readCalendarRecords({ [`${CALENDAR_PREFIX}a`]: text }).size).toBe(0);
  });
});

describe('a sync token', () => {
  it('is used only with the query it was made with', () => {
    const record = { id: 'ann@example.com', token: 't', query: 'q1' };
    expect(usableToken(record, 'q1')).toBe('t');
    expect(usableToken(record, 'q2')).toBeUndefined();
    expect(usableToken({ id: 'ann@example.com', token: 't' }, 'q1')).toBeUndefined();
  });
});
