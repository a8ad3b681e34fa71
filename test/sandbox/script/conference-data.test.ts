import { evaluate } from './support/stage';

const S = 'ConferenceDataService';
const VIDEO = `${S}.newEntryPoint().setEntryPointType(${S}.EntryPointType.VIDEO).setUri('https://meet.example.com/1')`;

describe('ConferenceDataService', () => {
  it('builds what Calendar stores', () => {
    expect(
      evaluate(`${S}.newConferenceDataBuilder().setConferenceId('c1').setNotes('<b>n</b>')
        .addEntryPoint(${VIDEO}.setPasscode('77'))
        .addEntryPoint(${S}.newEntryPoint().setEntryPointType(${S}.EntryPointType.PHONE).setUri('tel:+411').setPin('9').setRegionCode('CH').addFeature(${S}.EntryPointFeature.TOLL))
        .addConferenceParameter(${S}.newConferenceParameter().setKey('k').setValue('v')).build()`),
    ).toEqual({
      conferenceId: 'c1',
      notes: '<b>n</b>',
      entryPoints: [
        { entryPointType: 'video', uri: 'https://meet.example.com/1', passcode: '77' },
        { entryPointType: 'phone', uri: 'tel:+411', pin: '9', regionCode: 'CH', entryPointFeatures: ['toll'] },
      ],
      parameters: { addOnParameters: { parameters: { k: 'v' } } },
    });
  });

  it('builds an error instead', () => {
    expect(
      evaluate(
        `${S}.newConferenceDataBuilder().setError(${S}.newConferenceError().setConferenceErrorType(${S}.ConferenceErrorType.AUTHENTICATION).setAuthenticationUrl('https://a.example/')).build()`,
      ),
    ).toEqual({ error: { conferenceErrorType: 'AUTHENTICATION', authenticationUrl: 'https://a.example/' } });
  });

  it.each([
    [
      'a conference id over 512',
      `${S}.newConferenceDataBuilder().setConferenceId('x'.repeat(513))`,
      'Argument too large: conferenceId',
    ],
    ['notes over 2048', `${S}.newConferenceDataBuilder().setNotes('x'.repeat(2049))`, 'Argument too large: notes'],
    ['a URI over 1300', `${S}.newEntryPoint().setUri('https://' + 'x'.repeat(1300))`, 'Argument too large: uri'],
    ['another scheme', `${S}.newEntryPoint().setUri('ftp://x')`, 'Invalid argument: uri'],
    ['a code over 128', `${S}.newEntryPoint().setPin('1'.repeat(129))`, 'Argument too large: pin'],
    ['a parameter key over 50', `${S}.newConferenceParameter().setKey('k'.repeat(51))`, 'Argument too large: key'],
    [
      'a parameter value over 1024',
      `${S}.newConferenceParameter().setValue('v'.repeat(1025))`,
      'Argument too large: value',
    ],
    [
      'a sign-in address over 1800',
      `${S}.newConferenceError().setAuthenticationUrl('https://' + 'x'.repeat(1800))`,
      'Argument too large: authenticationUrl',
    ],
    [
      'a bare string for an enum',
      `${S}.newEntryPoint().setEntryPointType('VIDEO')`,
      'Invalid argument: entryPointType',
    ],
    [
      'toll and toll-free together',
      `${S}.newEntryPoint().addFeature(${S}.EntryPointFeature.TOLL).addFeature(${S}.EntryPointFeature.TOLL_FREE)`,
      'TOLL and TOLL_FREE exclude each other.',
    ],
    [
      'features on video',
      `${S}.newConferenceDataBuilder().addEntryPoint(${VIDEO}.addFeature(${S}.EntryPointFeature.TOLL))`,
      'Features and region code are only for entry points of type PHONE.',
    ],
    [
      'a phone with a web address',
      `${S}.newConferenceDataBuilder().addEntryPoint(${S}.newEntryPoint().setEntryPointType(${S}.EntryPointType.PHONE).setUri('https://x/'))`,
      'Invalid argument: uri (entry point type phone)',
    ],
    [
      'a parameter without a value',
      `${S}.newConferenceDataBuilder().addConferenceParameter(${S}.newConferenceParameter().setKey('k'))`,
      'Invalid argument: conferenceParameter',
    ],
    ['a list for text', `${S}.newConferenceParameter().setValue([1, 2])`, 'Invalid argument: value'],
    ['nothing for text', `${S}.newConferenceParameter().setValue(null)`, 'Invalid argument: value'],
    [
      'no entry point',
      `${S}.newConferenceDataBuilder().setConferenceId('c').build()`,
      'At least one entry point must be set.',
    ],
    [
      'two video links',
      `${S}.newConferenceDataBuilder().setConferenceId('c').addEntryPoint(${VIDEO}).addEntryPoint(${VIDEO}).build()`,
      'At most one entry point of type VIDEO is allowed.',
    ],
    [
      'only "more"',
      `${S}.newConferenceDataBuilder().setConferenceId('c').addEntryPoint(${S}.newEntryPoint().setEntryPointType(${S}.EntryPointType.MORE).setUri('https://x/')).build()`,
      'An entry point of type MORE cannot stand alone.',
    ],
    [
      'sign-in without an address',
      `${S}.newConferenceDataBuilder().setError(${S}.newConferenceError().setConferenceErrorType(${S}.ConferenceErrorType.AUTHENTICATION)).build()`,
      'An AUTHENTICATION error needs an authentication URL.',
    ],
  ])('refuses %s', (_what, expression, message) => {
    expect(evaluate(expression)).toBe(`Exception: ${message}`);
  });

  it('takes numbers and truth values for their text, as the bridge hands them over', () => {
    expect(
      evaluate(`${S}.newConferenceDataBuilder().setConferenceId(7).setNotes(8).addEntryPoint(${VIDEO}.setPin(1234))
        .addConferenceParameter(${S}.newConferenceParameter().setKey('k').setValue(true)).build()`),
    ).toMatchObject({
      ...{ conferenceId: '7', notes: '8', entryPoints: [{ pin: '1234' }] },
      parameters: { addOnParameters: { parameters: { k: 'true' } } },
    });
  });

  it('takes a list for its text, and needs an id, where the switches say so', () => {
    const switches = { listsBecomeText: true, conferenceNeedsId: true };
    const parameter = `${S}.newConferenceParameter().setKey('k').setValue([1, 2])`;
    const whole = (id: string) =>
      `${S}.newConferenceDataBuilder()${id}.addConferenceParameter(${parameter}).addEntryPoint(${VIDEO}).build()`;
    expect(evaluate(whole(".setConferenceId('c')"), { switches })).toMatchObject({
      parameters: { addOnParameters: { parameters: { k: '1,2' } } },
    });
    expect(evaluate(whole(''), { switches })).toBe('Exception: Conference ID must be set.');
    expect(evaluate(`${S}.newConferenceDataBuilder().addEntryPoint(${VIDEO}).build()`)).toEqual({
      entryPoints: [{ entryPointType: 'video', uri: 'https://meet.example.com/1' }],
    });
  });

  it('takes 300 entry points and 300 parameters, not 301', () => {
    const phones = (n: number) => `(() => { const b = ${S}.newConferenceDataBuilder().setConferenceId('c');
      for (let i = 0; i < ${n}; i++) b.addEntryPoint(${S}.newEntryPoint().setEntryPointType(${S}.EntryPointType.PHONE).setUri('tel:' + i));
      return JSON.parse(b.build().printJson()).entryPoints.length; })()`;
    expect(evaluate(phones(300))).toBe(300);
    expect(evaluate(phones(301))).toBe('Exception: Too many entry points.');
    const parameters = `(() => { const b = ${S}.newConferenceDataBuilder();
      for (let i = 0; i < 301; i++) b.addConferenceParameter(${S}.newConferenceParameter().setKey('k' + i).setValue('v')); })()`;
    expect(evaluate(parameters)).toBe('Exception: Too many conference parameters.');
  });
});
