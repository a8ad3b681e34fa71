import { session, WEEKLY } from './session';

function series(body: object = WEEKLY) {
  const { ask, server } = session();
  const { id } = ask('POST', '/v1/conferences', body).body;
  const at = (originalStart: string) => `/v1/conferences/${id}/occurrences/${encodeURIComponent(originalStart)}`;
  return { ask, server, id, at };
}
const MOVED = {
  start: { dateTime: '2026-03-24T14:00:00+01:00', timeZone: 'Europe/Berlin' },
  end: { dateTime: '2026-03-24T14:30:00+01:00', timeZone: 'Europe/Berlin' },
};

describe('one occurrence of a series', () => {
  it('can be moved, named by its instant in any offset', () => {
    const { ask, at, id } = series();
    const changed = ask('PUT', at('2026-03-23T10:00:00+01:00'), MOVED);
    expect(changed.body).toMatchObject({
      version: 2,
      occurrences: [{ originalStart: '2026-03-23T09:00:00Z', status: 'moved', ...MOVED }],
    });
    expect(ask('PUT', at('2026-03-23T09:00:00Z'), MOVED).body.version).toBe(2);
    expect(ask('GET', `/v1/conferences/${id}`).body).toEqual(changed.body);
  });

  it('keeps the hour of its zone over a change of clocks', () => {
    const { ask, at } = series();
    expect(ask('PUT', at('2026-03-30T08:00:00Z'), { status: 'cancelled' }).status).toBe(200);
    expect(ask('PUT', at('2026-03-30T09:00:00Z'), { status: 'cancelled' }).status).toBe(404);
  });

  it('can be cancelled, and put back where the rule has it', () => {
    const { ask, at, id } = series();
    ask('PUT', at('2026-03-23T09:00:00Z'), { status: 'cancelled' });
    expect(ask('DELETE', at('2026-03-23T09:00:00Z')).status).toBe(204);
    expect(ask('DELETE', at('2026-03-23T09:00:00Z')).status).toBe(204);
    expect(ask('GET', `/v1/conferences/${id}`).body).toMatchObject({ version: 3, occurrences: [] });
  });

  it.each([
    ['2026-03-24T09:00:00Z', 404, 'no_such_occurrence'],
    ['2026-07-06T08:00:00Z', 404, 'no_such_occurrence'],
    ['2026-03-02T09:00:00Z', 404, 'no_such_occurrence'],
    ['2026-03-23', 404, 'no_such_occurrence'],
    ['2026-03-23T09:00:00', 400, 'invalid_parameter'],
    ['next', 400, 'invalid_parameter'],
    ['%', 400, 'invalid_parameter'],
  ])('at %s answers %i %s', (originalStart, status, code) => {
    const { ask, at } = series();
    const answer = ask('PUT', at(originalStart), { status: 'cancelled' });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('is reached whatever EXDATE hides and RDATE adds', () => {
    const { ask, at } = series({
      ...WEEKLY,
      recurrence: [...WEEKLY.recurrence, 'RDATE;TZID=Europe/Berlin:20260311T120000'],
    });
    expect(ask('PUT', at('2026-03-16T09:00:00Z'), { status: 'cancelled' }).status).toBe(200);
    expect(ask('PUT', at('2026-03-11T11:00:00Z'), { status: 'cancelled' }).status).toBe(200);
  });

  it.each(['FREQ=DAILY;INTERVAL=7;BYDAY=TU', 'FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2', 'FREQ=SECONDLY;BYMONTH=1'])(
    'is soon known not to exist under the rule %s',
    (rule) => {
      const { ask, at } = series({ ...WEEKLY, recurrence: [`RRULE:${rule}`] });
      expect(ask('PUT', at('2040-01-02T09:00:01Z'), { status: 'cancelled' }).body.error.code).toBe(
        'no_such_occurrence',
      );
    },
  );

  it('of a series of whole days is named by its date', () => {
    const days = {
      title: 'Fair',
      start: { date: '2026-03-09' },
      end: { date: '2026-03-10' },
      recurrence: ['RRULE:FREQ=DAILY;COUNT=3'],
    };
    const { ask, at } = series(days);
    const moved = { start: { date: '2026-03-20' }, end: { date: '2026-03-21' } };
    expect(ask('PUT', at('2026-03-11'), moved).body.occurrences).toEqual([
      { originalStart: '2026-03-11', status: 'moved', ...moved },
    ]);
    expect(ask('PUT', at('2026-03-12'), moved).status).toBe(404);
    expect(ask('PUT', at('2026-03-10'), MOVED).body.error.field).toBe('start');
  });

  it.each([
    ['start', {}],
    ['status', { status: 'postponed' }],
    ['status', { status: 'cancelled', ...MOVED }],
    ['title', { ...MOVED, title: 'x' }],
    ['end', { start: MOVED.end, end: MOVED.start }],
  ])('is refused with 422 naming %s', (field, body) => {
    const { ask, at } = series();
    expect(ask('PUT', at('2026-03-23T09:00:00Z'), body).body.error.field).toBe(field);
  });

  it('does not exist in a conference that does not repeat', () => {
    const { ask, at } = series({ ...WEEKLY, recurrence: [] });
    expect(ask('PUT', at('2026-03-09T09:00:00Z'), { status: 'cancelled' }).body.error.code).toBe('no_such_occurrence');
  });
});

describe('changing a series that has changed occurrences', () => {
  it('keeps those the new rule still has, and drops the others', () => {
    const { ask, at, id } = series();
    ask('PUT', at('2026-03-23T09:00:00Z'), MOVED);
    ask('PUT', at('2026-04-06T08:00:00Z'), { status: 'cancelled' });
    ask('PATCH', `/v1/conferences/${id}`, { title: 'Renamed' });
    expect(ask('GET', `/v1/conferences/${id}`).body.occurrences).toHaveLength(2);
    const changed = ask('PATCH', `/v1/conferences/${id}`, { recurrence: ['RRULE:FREQ=WEEKLY;COUNT=3'] });
    expect(changed.body.occurrences.map((one: { originalStart: string }) => one.originalStart)).toEqual([
      '2026-03-23T09:00:00Z',
    ]);
  });
});
