/** The lines of a file with their continuations joined on. RFC 5545, 3.1; line ends may be CRLF, LF or CR. */

export interface ContentLine {
  /** Number of its first line in the file, from 1. */
  line: number;
  /** Number of its last line. */
  lastLine: number;
  /** Unfolded. */
  text: string;
}

/** vCalendar 1.0 breaks encoded text with an `=` at the end of a line, and goes on in the first column. */
const ENCODED = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i;

/** Empty lines between two content lines are passed over, as real exports have them; so is a byte order mark. */
export function* unfold(text: string): Generator<ContentLine> {
  let current: ContentLine | undefined;
  let line = 0;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const physical of text.slice(start).split(/\r\n|\n|\r/)) {
    line++;
    const folded = physical.startsWith(' ') || physical.startsWith('\t');
    if (current !== undefined && folded) {
      current.text += physical.slice(1);
      current.lastLine = line;
    } else if (current?.text.endsWith('=') && ENCODED.test(current.text)) {
      current.text = current.text.slice(0, -1) + physical;
      current.lastLine = line;
    } else if (physical.trim() !== '') {
      if (current !== undefined) yield current;
      current = { line, lastLine: line, text: physical };
    }
  }
  if (current !== undefined) yield current;
}
