/** Text for vendors that take no HTML and only so much of it. */
import { namedCharacter } from './html-names';

/** At most `maxChars` UTF-16 units, never half a character. */
export function cut(text: string, maxChars: number): string {
  const head = text.slice(0, maxChars);
  return text.length > maxChars && /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** What is not shown; then a tag, its name and its attributes. Another sign after the name makes it text: <https://a.example>. */
const MARKUP =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<\/?([a-z][a-z0-9]*)((?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?)\/?>/gi;
const LINE_ENDS_AFTER = /^(p|div|li|tr|h\d|ul|ol|table|blockquote|pre)$/i;
const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))/i;
/** What leads a person somewhere, wherever it is read. */
const ADDRESS = /^(https?:\/\/|mailto:|tel:)/i;

/**
 * An event's description, which Google keeps as HTML, as lines of text. A link keeps its address: behind its words, unless
 * these are the address.
 */
export function plainText(html: string): string {
  let text = '';
  let link: { address: string; from: number } | undefined;
  let at = 0;
  for (const found of html.matchAll(MARKUP)) {
    const [tag, , name = '', attributes = ''] = found;
    text += decoded(html.slice(at, found.index));
    at = found.index + tag.length;
    const closes = tag.startsWith('</');
    if (/^a$/i.test(name)) {
      if (link !== undefined) text += behindWords(link.address, text.slice(link.from));
      const [, ...ways] = (closes ? null : HREF.exec(attributes)) ?? [];
      const address = decoded(ways.find((way) => way !== undefined) ?? '').trim();
      link = ADDRESS.test(address) ? { address, from: text.length } : undefined;
    } else if (/^br$/i.test(name)) text += '\n';
    else if (LINE_ENDS_AFTER.test(name) && !/(^|\n)$/.test(text)) text += '\n';
  }
  text += decoded(html.slice(at));
  return (link === undefined ? text : text + behindWords(link.address, text.slice(link.from))).trim();
}

function behindWords(address: string, words: string): string {
  const plain = address.replace(/^(mailto|tel):/i, '');
  const bare = (one: string) =>
    one
      .trim()
      .replace(/^https?:\/\/|\/$/gi, '')
      .toLowerCase();
  if (bare(words) === bare(plain)) return '';
  return words.trim() === '' ? plain : ` (${plain})`;
}

/** Characters by name or number: https://html.spec.whatwg.org/#character-reference-state. What is none stays as it is. */
function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,9})|#x([0-9a-f]{1,8})|([a-z][a-z0-9]*));/gi, (whole, decimal, hex, name) => {
    if (name === 'nbsp') return ' ';
    if (name !== undefined) return namedCharacter(name) ?? whole;
    return numbered(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal));
  });
}

/** Numbers from 128 to 159 are what Windows has there: pages meant that, and browsers show it. */
const WINDOWS_FROM_128 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function numbered(code: number): string {
  if (code === 0 || code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff)) return '\ufffd';
  return code === 160 ? ' ' : (WINDOWS_FROM_128[code - 128] ?? String.fromCodePoint(code));
}
