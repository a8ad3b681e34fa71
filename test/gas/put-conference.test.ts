/** What is asked of Google when a conference is put into an event. */
import { isAddOnError } from '../../src/core/errors';
import { calendarService } from '../../src/gas/calendar-service';

const BLOCK = {
  conference: {
    id: 'abc',
    joinUrl: 'https://meet.example.com/abc',
    passcode: '123',
    phones: [{ number: '+41 44 000 00 00', region: 'CH', pin: '9' }],
  },
  stamp: { solution: 'video', conference: 'abc', owner: 'seal' },
};
const SHOWN = { name: 'Video', logoUrl: 'https://lh3.googleusercontent.com/video' };

function asked(block = BLOCK, refusal?: object) {
  const calls: unknown[][] = [];
  const patch = (...args: unknown[]) => {
    calls.push(args);
    if (refusal !== undefined) throw refusal;
    return { id: 'ev1', etag: '"2"' };
  };
  Object.assign(globalThis, { Calendar: { Events: { patch } } });
  const calendar = calendarService(new Set(), (id) => (id === 'video' ? SHOWN : undefined));
  return { answer: calendar.putConference('ann@example.com', 'ev1', '"1"', block), calls };
}

describe('putting a conference into an event', () => {
  it('writes the conference alone, tells nobody, and only if the event is as it was read', () => {
    const { answer, calls } = asked();
    expect(answer).toEqual({ id: 'ev1', etag: '"2"' });
    expect(calls).toEqual([
      [
        {
          conferenceData: {
            conferenceId: 'abc',
            conferenceSolution: { key: { type: 'addOn' }, name: 'Video', iconUri: SHOWN.logoUrl },
            entryPoints: [
              { entryPointType: 'video', uri: 'https://meet.example.com/abc', passcode: '123' },
              { entryPointType: 'phone', uri: 'tel:+41440000000', regionCode: 'CH', pin: '9' },
            ],
            parameters: {
              addOnParameters: {
                parameters: {
                  'lockstep.solution': 'video',
                  'lockstep.conference': 'abc',
                  'lockstep.owner': 'seal',
                },
              },
            },
            notes: null,
            signature: null,
          },
        },
        'ann@example.com',
        'ev1',
        { conferenceDataVersion: 1, sendUpdates: 'none', fields: expect.stringMatching(/^etag,iCalUID,updated,id,/) },
        { 'If-Match': '"1"' },
      ],
    ]);
  });

  it('knows from the answer that the event has changed', () => {
    const { answer } = asked(BLOCK, { details: { code: 412 }, message: 'Precondition Failed' });
    expect(answer).toMatchObject({ code: 'event-changed' });
  });

  it.each([
    [
      'whose link nobody can follow',
      { ...BLOCK, conference: { ...BLOCK.conference, joinUrl: 'http://meet.example.com' } },
    ],
    ['of a solution that is not offered', { ...BLOCK, stamp: { ...BLOCK.stamp, solution: 'other' } }],
  ])('asks Google for nothing with a conference %s', (_, block) => {
    const { answer, calls } = asked(block);
    expect(calls).toEqual([]);
    expect(isAddOnError(answer) && answer.code).toBe('request-wrong');
  });
});
