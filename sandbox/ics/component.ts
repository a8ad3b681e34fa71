/**
 * The outer form of an iCalendar file: folded lines, and components within components.
 *
 * Line numbers are kept, so that every later complaint can name one. Values are not looked at here. RFC 5545, 3.1 and
 * 3.4; line ends may be CRLF, LF or CR, and a byte order mark is passed over, as real exports have them.
 */
import { IcsError } from './ics-error';

/** A whole file longer than this is refused: about 100,000 events. */
export const FILE_CHARS = 64 * 1024 * 1024;
const DEPTH = 8;

export interface ContentLine {
  line: number;
  /** Unfolded. */
  text: string;
}

export interface Component {
  /** Upper case. */
  name: string;
  line: number;
  /** Its own properties, by upper-case name. */
  properties: Array<ContentLine & { name: string }>;
  components: Component[];
}

/** The VCALENDARs of a file. Throws IcsError. */
export function readComponents(text: string): Component[] {
  if (text.length > FILE_CHARS) {
    throw new IcsError(1, `The file has more than ${FILE_CHARS} characters.`, 'Split it.');
  }
  const roots: Component[] = [];
  const open: Component[] = [];
  let last = 1;
  for (const content of unfold(text)) {
    last = content.line;
    const name = nameOf(content);
    if (name === 'BEGIN') begin(content, roots, open);
    else if (name === 'END') end(content, open);
    else if (open.length > 0) open.at(-1)?.properties.push({ ...content, name });
    else throw new IcsError(content.line, 'This line stands outside of any VCALENDAR.', NOT_ICALENDAR);
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    const problem = `The file ends here, but BEGIN:${unclosed.name} of line ${unclosed.line} has no END.`;
    throw new IcsError(last, problem, 'It was cut off; export or download it again.');
  }
  if (roots.length === 0) throw new IcsError(1, 'The file is empty.', NOT_ICALENDAR);
  return roots;
}

const NOT_ICALENDAR = 'Give an iCalendar file: it begins with BEGIN:VCALENDAR.';

/** The lines of a file with their continuations joined on. */
function* unfold(text: string): Generator<ContentLine> {
  let current: ContentLine | undefined;
  let line = 0;
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  for (const physical of text.slice(start).split(/\r\n|\n|\r/)) {
    line++;
    if (physical.startsWith(' ') || physical.startsWith('\t')) {
      if (current !== undefined) current.text += physical.slice(1);
      else if (physical.trim() !== '')
        throw new IcsError(line, 'The file begins with a continuation line.', NOT_ICALENDAR);
    } else if (physical !== '') {
      if (current !== undefined) yield current;
      current = { line, text: physical };
    }
  }
  if (current !== undefined) yield current;
}

function nameOf({ line, text }: ContentLine): string {
  const name = /^[A-Za-z0-9-]+(?=[;:])/.exec(text)?.[0];
  if (name !== undefined) return name.toUpperCase();
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  throw new IcsError(line, `${shown} is no property.`, 'If it continues the line before, put a space in front of it.');
}

function begin({ line, text }: ContentLine, roots: Component[], open: Component[]): void {
  const name = componentName(text);
  const component: Component = { name, line, properties: [], components: [] };
  const parent = open.at(-1);
  if (parent === undefined && name !== 'VCALENDAR') {
    throw new IcsError(line, `${name} stands outside of any VCALENDAR.`, NOT_ICALENDAR);
  }
  if (parent !== undefined && name === 'VCALENDAR') {
    const problem = `A VCALENDAR begins inside the ${parent.name} of line ${parent.line}.`;
    throw new IcsError(line, problem, `Put END:${parent.name} before it.`);
  }
  if (name === 'VEVENT' && parent?.name !== 'VCALENDAR') {
    const problem = `A VEVENT begins inside the ${parent?.name} of line ${parent?.line}.`;
    throw new IcsError(line, problem, `Put END:${parent?.name} before it.`);
  }
  if (open.length >= DEPTH)
    throw new IcsError(line, `Components are nested deeper than ${DEPTH}.`, 'Export the file again.');
  (parent?.components ?? roots).push(component);
  open.push(component);
}

function end({ line, text }: ContentLine, open: Component[]): void {
  const name = componentName(text);
  const component = open.pop();
  if (component?.name === name) return;
  const expected =
    component === undefined ? 'nothing is open' : `BEGIN:${component.name} of line ${component.line} is open`;
  throw new IcsError(line, `END:${name} stands here, but ${expected}.`, 'Export the file again, or mend the line.');
}

function componentName(text: string): string {
  return text
    .slice(text.indexOf(':') + 1)
    .trim()
    .toUpperCase();
}
