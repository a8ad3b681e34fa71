/** Which addresses may stand in people's events. */
import fc from 'fast-check';
import { isJoinLink } from '../../src/core/join-link';

describe('a join link', () => {
  it.each([
    'https://meet.example.com',
    'https://meet.example.com:8443/j/1?pwd=a%20b#room',
    'https://MEET.example.com/räume/1',
    'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d',
    "https://meet.example.com/it's(1),2;a=b@c!*$",
    'https://meet.example.com?room=1',
  ])('is %s', (link) => {
    expect(isJoinLink(link)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['no text', undefined],
    ['http', 'http://meet.example.com/x'],
    ['a script', 'javascript:alert(1)'],
    ['no host', 'https:///x'],
    ['another host behind an @', 'https://meet.example.com@other.example/x'],
    ['a name and a password', 'https://ana:secret@meet.example.com/x'],
    ['a line break', 'https://meet.example.com/x\r\nSet-Cookie: a=b'],
    ['a line break at its end', 'https://meet.example.com/x\n'],
    ['a tab', 'https://meet.example.com/a\tb'],
    ['a space', 'https://meet.example.com/a b'],
    ['a space that is none of ASCII’s', 'https://meet.example.com/a\u00a0b'],
    ['signs that turn the direction of writing', 'https://meet.example.com/\u202egro.live'],
    ['markup', 'https://meet.example.com/"><script>alert(1)</script>'],
    ['a backslash, which a browser takes for a slash', 'https://meet.example.com\\@other.example/'],
    ['a host of other letters than ASCII’s', 'https://meet.\u212a.example/x'],
    ['something before it', ' https://meet.example.com/x'],
    ['half a character', 'https://meet.example.com/\ud800'],
  ])('is not one with %s', (_, text) => {
    expect(isJoinLink(text)).toBe(false);
  });

  it('leads in a browser to the host that people read in it', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab.-:@/\\?#%[]&=;\t '.split(''), 'ü', '\u2028', '\u202e') });
    fc.assert(
      fc.property(part, (rest) => {
        const link = `https://meet.example.com${rest}`;
        if (!isJoinLink(link) || !URL.canParse(link)) return;
        const { host, username, password } = new URL(link);
        expect(link.startsWith(`https://${host}`)).toBe(true);
        expect([username, password]).toEqual(['', '']);
      }),
      { numRuns: 2_000 },
    );
  });
});
