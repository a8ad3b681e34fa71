import { GENERIC_FAILURE, readConferenceAnswer } from '../../../sandbox/editor/conference-answer';

const SOLUTION = { id: 'rooms', name: 'Rooms', logoUrl: 'https://example.com/logo.png', onCreateFunction: 'create' };

describe('ConferenceData returned by onCreateFunction', () => {
  it('is stored as an add-on conference with name and icon of the manifest', () => {
    const value = {
      conferenceId: 'c-1',
      conferenceSolutionId: 'ignored',
      notes: 'Bring a pen',
      entryPoints: [
        { entryPointType: 'video', uri: 'https://meet.example.com/j/c-1' },
        { entryPointType: 'phone', uri: 'tel:+12025550143', pin: '1234', regionCode: 'US' },
      ],
      parameters: { addOnParameters: { parameters: { provider: 'rooms' } } },
    };
    expect(readConferenceAnswer({ ok: true, value }, SOLUTION)).toEqual({
      data: {
        conferenceId: 'c-1',
        conferenceSolution: { key: { type: 'addOn' }, name: 'Rooms', iconUri: 'https://example.com/logo.png' },
        notes: 'Bring a pen',
        entryPoints: [
          { entryPointType: 'video', uri: 'https://meet.example.com/j/c-1', label: 'meet.example.com/j/c-1' },
          { entryPointType: 'phone', uri: 'tel:+12025550143', pin: '1234', regionCode: 'US', label: '+12025550143' },
        ],
        parameters: { addOnParameters: { parameters: { provider: 'rooms' } } },
      },
    });
  });

  it('shows the type of a ConferenceError, and where to sign in', () => {
    const error = { conferenceErrorType: 'AUTHENTICATION', authenticationUrl: 'https://example.com/login' };
    expect(readConferenceAnswer({ ok: true, value: { error } }, SOLUTION)).toEqual({
      shown: {
        message: expect.stringContaining('Sign in'),
        errorType: 'AUTHENTICATION',
        authenticationUrl: 'https://example.com/login',
      },
    });
  });

  it('needs no id to be a conference', () => {
    const value = { entryPoints: [{ entryPointType: 'video', uri: 'https://x' }] };
    const answer = readConferenceAnswer({ ok: true, value }, SOLUTION);
    expect(answer).toMatchObject({ data: { entryPoints: [{ uri: 'https://x' }] } });
    expect(answer).not.toHaveProperty('data.conferenceId');
  });

  it.each([
    ['null', null],
    ['a text', 'https://meet.example.com'],
    ['an object without entry points', { conferenceId: 'c-1', entryPoints: [] }],
    ['an object with neither', {}],
  ])('shows the generic failure for %s', (_what, value) => {
    expect(readConferenceAnswer({ ok: true, value }, SOLUTION)).toMatchObject({ shown: { message: GENERIC_FAILURE } });
  });

  it('shows the generic failure for a throw and for a kill', () => {
    const thrown = readConferenceAnswer({ ok: false, name: 'Error', message: 'no' }, SOLUTION);
    expect(thrown).toEqual({ shown: { message: GENERIC_FAILURE, detail: 'Error: no' } });
    const killed = readConferenceAnswer({ ok: false, killed: 'Exceeded maximum execution time' }, SOLUTION);
    expect(killed).toMatchObject({ shown: { message: GENERIC_FAILURE } });
  });
});
