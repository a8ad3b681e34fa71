/**
 * The bytes of an iCalendar file as text. RFC 5545, 3.1: UTF-8, folded by octets, so that a fold may fall within a
 * character.
 *
 * UTF-16 is read where a byte order mark says so. What is not UTF-8 does not spoil the rest: its lines are named, and
 * whoever reads the file leaves out what they belong to.
 */

export interface DecodedFile {
  text: string;
  /** Numbers, from 1, of the lines that have bytes which are no UTF-8. */
  undecodable: ReadonlySet<number>;
}

const LF = 0x0a;
const CR = 0x0d;

export function decodeFile(bytes: Uint8Array): DecodedFile {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (mark !== undefined) return { text: new TextDecoder(mark).decode(bytes), undecodable: new Set() };
  const whole = decoded(bytes);
  if (whole !== undefined) return { text: whole, undecodable: new Set() };
  return byLines(withWholeCharacters(bytes));
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The same bytes with each fold that falls within a character moved behind it, so that lines keep their numbers. */
function withWholeCharacters(bytes: Uint8Array): Uint8Array {
  const whole = Uint8Array.from(bytes);
  for (let at = 0; at < whole.length; at++) {
    const missing = octetsOf(whole[at] as number) - 1;
    if (missing > 0) moveFolds(whole, at + 1, missing);
  }
  return whole;
}

/** @param from where the rest of a character begins, of so many octets. Does nothing where they do not follow. */
function moveFolds(bytes: Uint8Array, from: number, missing: number): void {
  const inner: number[] = [];
  const folds: number[] = [];
  let at = from;
  while (inner.length < missing) {
    const fold = foldLength(bytes, at);
    if (fold > 0) folds.push(...bytes.subarray(at, at + fold));
    else if (isInner(bytes[at])) inner.push(bytes[at] as number);
    else return;
    at += Math.max(1, fold);
  }
  bytes.set([...inner, ...folds], from);
}

/** Octets of the character that begins with this one; 1 for what begins none. */
function octetsOf(octet: number): number {
  if (octet >= 0xf0) return 4;
  return octet >= 0xe0 ? 3 : octet >= 0xc0 ? 2 : 1;
}

function isInner(octet: number | undefined): boolean {
  return octet !== undefined && octet >= 0x80 && octet < 0xc0;
}

/** Octets of the fold that begins there; 0 for none. */
function foldLength(bytes: Uint8Array, at: number): number {
  const line = bytes[at] === CR ? (bytes[at + 1] === LF ? 2 : 1) : bytes[at] === LF ? 1 : 0;
  const blank = bytes[at + line];
  return line > 0 && (blank === 0x20 || blank === 0x09) ? line + 1 : 0;
}

function byLines(bytes: Uint8Array): DecodedFile {
  const undecodable = new Set<number>();
  const lenient = new TextDecoder('utf-8');
  const parts: string[] = [];
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    let end = from;
    while (end < bytes.length && bytes[end] !== LF && bytes[end] !== CR) end++;
    end += bytes[end] === CR && bytes[end + 1] === LF ? 2 : 1;
    const part = bytes.subarray(from, end);
    const text = decoded(part);
    if (text === undefined) undecodable.add(line);
    parts.push(text ?? lenient.decode(part));
    from = end;
  }
  return { text: parts.join(''), undecodable };
}
