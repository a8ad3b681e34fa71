/** What Calendar is handed, built with the sandbox's own builders, which refuse what Google's refuse. */
import { conferenceDataService } from '../../sandbox/script/prelude/conference-data';
import { conferenceDataOf } from '../../src/gas/conference-data';
import type { Conference } from '../../src/ports/provider';

const LINK = 'https://meet.example.com/abc';

function shownFor(over: Partial<Conference>): Record<string, unknown> {
  const stamp = { solution: 'example-meet', conference: 'abc', owner: 'word' };
  const data = conferenceDataOf({ kind: 'created', conference: { id: 'abc', joinUrl: LINK, ...over }, stamp });
  return JSON.parse(data.printJson()) as Record<string, unknown>;
}

beforeAll(() => {
  Object.assign(globalThis, { ConferenceDataService: conferenceDataService() });
});

describe('what a provider sends', () => {
  it('is shown as text, whatever markup its notes hold', () => {
    const { notes } = shownFor({ notes: 'Dial <b>1</b> & wait <img src=x onerror=alert(1)>' });
    expect(notes).toBe('Dial &lt;b&gt;1&lt;/b&gt; &amp; wait &lt;img src=x onerror=alert(1)&gt;');
  });

  it.each([
    ['a passcode', { passcode: '1'.repeat(129) }],
    ['a meeting code', { meetingCode: 'c'.repeat(129) }],
    ['an empty passcode', { passcode: '' }],
    ['a passcode of two lines', { passcode: '111\n222' }],
    ['a phone number that is none', { phones: [{ number: 'ask at the desk' }] }],
  ])('is left out where Calendar would refuse it: %s', (_, over) => {
    expect(shownFor(over).entryPoints).toEqual([expect.objectContaining({ entryPointType: 'video', uri: LINK })]);
    expect(JSON.stringify(shownFor(over))).not.toMatch(/ccc|111|desk|passcode|meetingCode/);
  });

  it.each([
    ['no https link', 'http://meet.example.com/abc'],
    ['a script', 'javascript:alert(1)'],
    ['another host behind an @', 'https://meet.example.com@other.example/x'],
    ['a line break', `${LINK}\r\nSet-Cookie: a=b`],
    ['markup', `${LINK}"><script>alert(1)</script>`],
    ['a link that is too long', `${LINK}?${'x'.repeat(1_300)}`],
  ])('is no conference with %s to join by', (_, joinUrl) => {
    expect(shownFor({ joinUrl })).toEqual({ error: expect.objectContaining({ conferenceErrorType: 'PERMANENT' }) });
  });

  it('is cut where only its length is wrong: ids and notes', () => {
    const { conferenceId, notes } = shownFor({ id: 'i'.repeat(600), notes: 'n'.repeat(3_000) });
    expect([String(conferenceId).length, String(notes).length]).toEqual([512, 2_048]);
  });
});
