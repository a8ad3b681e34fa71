/**
 * The outer form of an iCalendar file: components within components, each with its lines. RFC 5545, 3.4 and 3.6.
 *
 * Line numbers are kept, which ical.js does not do, so that every later complaint can name one. What is wrong with the form
 * stays with the entry that it spoils (`fault`); the entries before and after it are read. Values are not looked at here.
 */
import { IcsError } from './ics-error';
import { isPropertyName, isTextName } from './property-names';
import { type ContentLine, unfold } from './unfold';
import type { Warnings } from './warnings';

/** A whole file longer than this is refused: about 100,000 events. */
export const FILE_CHARS = 64 * 1024 * 1024;
const DEPTH = 8;

export interface Component {
  /** Upper case. */
  name: string;
  line: number;
  /** Its own properties, by upper-case name. */
  properties: Array<{ line: number; name: string; text: string }>;
  components: Component[];
  /** The first thing that makes it unreadable. */
  fault?: IcsError;
}

export interface ReadFile {
  /** The VCALENDARs. */
  calendars: Component[];
  /** Entries and other components that stand outside of any, each with its fault. */
  strays: Component[];
  /** What is wrong with the file and spoils no entry. */
  faults: IcsError[];
}

/**
 * @param undecodable numbers of the lines that have bytes of another encoding.
 * Throws IcsError for a file that is too long, or no calendar at all.
 */
export function readComponents(text: string, undecodable: ReadonlySet<number>, warnings: Warnings): ReadFile {
  if (text.length > FILE_CHARS) {
    throw new IcsError(1, `The file has more than ${FILE_CHARS} characters.`, 'Split it.');
  }
  const reader = new ComponentReader(undecodable, warnings);
  for (const content of unfold(text)) reader.take(content);
  return reader.finish();
}

const NOT_ICALENDAR = 'Give an iCalendar file: it begins with BEGIN:VCALENDAR.';
const ENCODING = 'Save the file as UTF-8 and import that.';

class ComponentReader {
  private readonly calendars: Component[] = [];
  private readonly strays: Component[] = [];
  private readonly faults: IcsError[] = [];
  private readonly open: Component[] = [];
  private last = 1;

  constructor(
    private readonly undecodable: ReadonlySet<number>,
    private readonly warnings: Warnings,
  ) {}

  take(content: ContentLine): void {
    const { line, text } = content;
    this.last = line;
    const shown = /^[A-Za-z0-9-]+(?=[;:])/.exec(text)?.[0];
    const name = shown?.toUpperCase();
    if (this.undecodable.size > 0) this.checkBytes(content);
    if (name === 'BEGIN') this.begin(line, text);
    else if (name === 'END') this.end(line, text);
    else if (this.continuesText(shown)) this.joinOn(content);
    else if (name === undefined) this.fault(noProperty(line, text));
    else if (this.open.length === 0) {
      this.fault(new IcsError(line, 'This line stands outside of any VCALENDAR.', NOT_ICALENDAR));
    } else {
      if (!isPropertyName(name))
        this.warnings.add('lines with names that iCalendar does not know were passed over', line);
      this.open.at(-1)?.properties.push({ line, name, text });
    }
  }

  finish(): ReadFile {
    const unclosed = this.open.at(-1);
    if (unclosed !== undefined) {
      const problem = `The file ends here, but BEGIN:${unclosed.name} of line ${unclosed.line} has no END.`;
      this.forgetLastLine();
      this.fault(new IcsError(this.last, problem, 'It was cut off; export or download it again.'));
    }
    const { calendars, strays, faults } = this;
    if (calendars.length > 0) return { calendars, strays, faults };
    throw faults[0] ?? strays[0]?.fault ?? new IcsError(1, 'The file is empty.', NOT_ICALENDAR);
  }

  /** What is wrong with half a line is that it was cut off. */
  private forgetLastLine(): void {
    const entry = this.entry();
    if (entry?.fault?.line === this.last && !this.strays.includes(entry)) delete entry.fault;
    if (this.open[0]?.name === 'VCALENDAR' && this.faults.at(-1)?.line === this.last) this.faults.pop();
  }

  /** Stays with the entry that is open, or with the file. */
  private fault(error: IcsError): void {
    const entry = this.entry();
    if (entry === undefined) {
      // One stray line tells as much as the thousands of a file that is something else.
      if (this.faults.length === 0 || this.open.length > 0) this.faults.push(error);
    } else entry.fault ??= error;
  }

  private entry(): Component | undefined {
    return this.open[0]?.name === 'VCALENDAR' ? this.open[1] : this.open[0];
  }

  private checkBytes({ line, lastLine }: ContentLine): void {
    for (let at = line; at <= lastLine; at++) {
      if (this.undecodable.has(at)) this.fault(new IcsError(at, 'This line is not in UTF-8.', ENCODING));
    }
  }

  /**
   * Whether a line is more of the text before it, which was broken without folding: it is no property, or its name is not
   * written in capitals as that of the text is.
   * @param shown what stands before its first colon or semicolon, if that may be a name.
   */
  private continuesText(shown: string | undefined): boolean {
    const before = this.open.at(-1)?.properties.at(-1);
    if (before === undefined || !isTextName(before.name)) return false;
    if (shown === undefined) return true;
    const name = shown.toUpperCase();
    if (shown === name || name.startsWith('X-')) return false;
    return before.text.startsWith(before.name) || !isPropertyName(name);
  }

  private joinOn({ line, text }: ContentLine): void {
    const before = this.open.at(-1)?.properties.at(-1);
    if (before === undefined) return;
    this.warnings.add('lines without a space before them were read as more of the text above them', line);
    before.text += `\\n${text}`;
  }

  private begin(line: number, text: string): void {
    const name = componentName(text);
    this.closeFor(name, line);
    const component: Component = { name, line, properties: [], components: [] };
    const parent = this.open.at(-1);
    if (parent === undefined && name !== 'VCALENDAR') {
      component.fault = new IcsError(line, `${name} stands outside of any VCALENDAR.`, NOT_ICALENDAR);
      this.strays.push(component);
    } else (parent?.components ?? this.calendars).push(component);
    this.open.push(component);
    if (this.open.length > DEPTH) {
      this.fault(new IcsError(line, `Components are nested deeper than ${DEPTH}.`, 'Export the file again.'));
    }
  }

  /** An entry or calendar begins only where no other is open: what is open has lost its END. */
  private closeFor(name: string, line: number): void {
    const inCalendar = this.open[0]?.name === 'VCALENDAR' ? 1 : 0;
    const level = name === 'VCALENDAR' ? 0 : name === 'VEVENT' ? inCalendar : DEPTH;
    const parent = this.open.at(-1);
    if (parent === undefined || this.open.length <= level) return;
    const article = `A ${name} begins inside the ${parent.name} of line ${parent.line}.`;
    if (level < DEPTH) this.fault(new IcsError(line, article, `Put END:${parent.name} before it.`));
    if (level < DEPTH) this.open.length = level;
  }

  private end(line: number, text: string): void {
    const name = componentName(text);
    const component = this.open.at(-1);
    if (component?.name !== name) {
      const state =
        component === undefined ? 'nothing is open' : `BEGIN:${component.name} of line ${component.line} is open`;
      const problem = `END:${name} stands here, but ${state}.`;
      this.fault(new IcsError(line, problem, 'Export the file again, or mend the line.'));
    }
    const at = this.open.findLastIndex((one) => one.name === name);
    if (at !== -1) this.open.length = at;
  }
}

function noProperty(line: number, text: string): IcsError {
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
  return new IcsError(line, `${shown} is no property.`, 'If it continues the line before, put a space in front of it.');
}

function componentName(text: string): string {
  return text
    .slice(text.indexOf(':') + 1)
    .trim()
    .toUpperCase();
}
