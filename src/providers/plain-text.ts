/** Text for vendors that take no HTML and only so much of it. */

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** At most `maxChars` UTF-16 units, never half a character. */
export function cut(text: string, maxChars: number): string {
  const head = text.slice(0, maxChars);
  return text.length > maxChars && /[\uD800-\uDBFF]$/.test(head) ? head.slice(0, -1) : head;
}

/** An event's description, which Google keeps as HTML, as lines of text. */
export function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>|<\/(p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => ENTITIES[name] as string)
    .trim();
}
