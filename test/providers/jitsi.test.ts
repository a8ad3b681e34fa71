import type { HttpAnswer, HttpRequest } from '../../src/ports/http';
import type { CreateOutcome, Operation } from '../../src/ports/provider';
import { jitsiMeet } from '../../src/providers/jitsi';
import { runOperations } from '../../src/sync/provider-client';
import { json } from '../support/fake-meet';
import { CHANGES, MEETING, MOVED, SERIES } from './samples';

const KEY = '4F2c9a0be1774c1d8a55';
const plain = jitsiMeet({ baseUrl: 'https://meet.example.org', roomPrefix: 'acme-' });
const withDialIn = jitsiMeet({
  baseUrl: 'https://meet.example.org',
  dialIn: {
    numbersUrl: 'https://meet.example.org/phoneNumberList',
    pinUrl: 'https://pins.example.org/api/conferenceMapper',
    mucDomain: 'conference.meet.example.org',
  },
});

const NUMBERS = [
  { countryCode: 'US', tollFree: false, formattedNumber: '+1 202-555-0143' },
  { countryCode: 'GB', tollFree: true, formattedNumber: '+44 20 7946 0143' },
];
const PIN = { id: 123456789, conference: 'x' };

/** Runs a create with these answers, one after the other. */
function run(operation: Operation<CreateOutcome>, answers: HttpAnswer[]) {
  const asked: HttpRequest[] = [];
  let step = operation.next();
  while (step.done !== true) {
    asked.push(step.value);
    step = operation.next(answers[asked.length - 1] as HttpAnswer);
  }
  if (step.value.kind !== 'created') throw new Error(step.value.kind);
  return { asked, conference: step.value.conference };
}

describe('a Jitsi room', () => {
  it('is a link, made without asking anybody', () => {
    const { asked, conference } = run(plain.create(MEETING, KEY), []);
    expect(asked).toEqual([]);
    expect(conference).toEqual({
      id: 'acme-4f2c9a0be1774c1d8a55',
      joinUrl: 'https://meet.example.org/acme-4f2c9a0be1774c1d8a55',
      phones: [],
    });
  });

  it('goes through the client of all providers, beside operations that do ask', () => {
    const http = {
      sendAll: () => {
        throw new Error('Nothing is to be sent.');
      },
    };
    const budget = { allows: () => true, leftMs: () => 1_000 };
    const jobs = [{ provider: 'jitsi', operation: plain.create(MEETING, KEY) }];
    expect(runOperations<CreateOutcome>(jobs, http, budget)).toMatchObject([{ kind: 'created' }]);
  });

  it('has the same name for the same key, and another for another', () => {
    const name = (key: string) => run(plain.create(SERIES, key), []).conference.id;
    expect(name(KEY)).toBe(name(KEY));
    expect(name(KEY)).not.toBe(name('4F2c9a0be1774c1d8a56'));
  });

  it('has a name of letters, digits and dashes, whatever the key is made of', () => {
    expect(run(plain.create(MEETING, 'A/b?c#d é%2F-_.9'), []).conference.id).toBe('acme-abcd2f9');
  });

  it('tells nothing of the meeting', () => {
    expect(JSON.stringify(run(plain.create(MEETING, KEY), []).conference)).not.toMatch(/plan|ben/i);
  });

  it('stands below its tenant', () => {
    const tenant = jitsiMeet({ baseUrl: 'https://8x8.vc/vpaas-magic-cookie-1' });
    const { conference } = run(tenant.create(MEETING, KEY), []);
    expect(conference.joinUrl).toBe('https://8x8.vc/vpaas-magic-cookie-1/4f2c9a0be1774c1d8a55');
  });

  it('cannot be changed or ended, says so, and asks nothing', () => {
    expect(plain.capabilities).toMatchObject({ update: 'none', cancel: 'none', occurrences: 'none', keeps: [] });
    for (const operation of [
      plain.update('id', { ...MEETING, ...CHANGES.title }, ['title'], 'k'),
      plain.updateOccurrence('id', MOVED, 'k'),
      plain.cancel('id', 'k'),
    ]) {
      expect(operation.next()).toEqual({ done: true, value: { kind: 'done' } });
    }
  });
});

describe('dial-in to a Jitsi room', () => {
  const phonesAfter = (...answers: HttpAnswer[]) => run(withDialIn.create(MEETING, KEY), answers).conference.phones;

  it('takes two requests: for the numbers, and for the PIN of the room', () => {
    const { asked, conference } = run(withDialIn.create(MEETING, KEY), [json(200, NUMBERS), json(200, PIN)]);
    expect(asked).toEqual([
      { method: 'GET', url: 'https://meet.example.org/phoneNumberList' },
      {
        method: 'GET',
        url: 'https://pins.example.org/api/conferenceMapper?conference=4f2c9a0be1774c1d8a55%40conference.meet.example.org',
      },
    ]);
    expect(conference.phones).toEqual([
      { number: '+1 202-555-0143', region: 'US', pin: '123456789' },
      { number: '+44 20 7946 0143', region: 'GB', pin: '123456789' },
    ]);
  });

  it('asks addresses that the manifest lists', () => {
    expect(withDialIn.urlPrefixes).toEqual(['https://meet.example.org/', 'https://pins.example.org/api/']);
  });

  it('is read from older servers too, which list numbers by country', () => {
    const numbers = { message: 'Dial-in', numbersEnabled: true, numbers: { HU: ['+36 1 234 5678'] } };
    expect(phonesAfter(json(200, numbers), json(200, PIN))).toEqual([
      { number: '+36 1 234 5678', region: 'HU', pin: '123456789' },
    ]);
  });

  const page: HttpAnswer = { status: 200, headers: { 'content-type': 'text/html' }, text: '<html></html>' };
  it.each([
    ['there are no numbers', json(200, []), json(200, PIN)],
    ['the list is a page', page, json(200, PIN)],
    ['the list is down', json(503, NUMBERS), json(200, PIN)],
    ['the list holds something else', json(200, [null, {}, { formattedNumber: 5 }]), json(200, PIN)],
    ['there is no PIN', json(200, NUMBERS), json(200, { id: false })],
    ['the PIN is no number', json(200, NUMBERS), json(200, { id: '12 34' })],
    ['PINs are down', json(200, NUMBERS), json(500, {})],
    ['PINs are a page', json(200, NUMBERS), page],
  ])('is left out when %s: the link works all the same', (_, numbers, pin) => {
    expect(phonesAfter(numbers, pin)).toEqual([]);
  });
});
