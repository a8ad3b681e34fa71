/**
 * One property of a component; ical.js takes parameters and text apart. RFC 5545, 3.2 and 3.3.11.
 *
 * Before that, what is put right here: a value of a parameter with a colon that nobody quoted, as Google and Microsoft
 * have written them, and text in the encodings of vCalendar 1.0.
 */
import ICAL from 'ical.js';
import type { Component } from './component';
import { IcsError } from './ics-error';

export interface Property {
  name: string;
  line: number;
  /** What stands after the colon, untouched. */
  raw: string;
  /** A parameter by its lower-case name; of several values the first. Throws IcsError. */
  parameter(name: string): string | undefined;
}

export function propertiesOf(component: Component, name: string): Property[] {
  return component.properties.filter((line) => line.name === name).map(readProperty);
}

/** The first of that name: see repeated.ts for those that stand there twice. */
export function propertyOf(component: Component, name: string): Property | undefined {
  const line = component.properties.find((one) => one.name === name);
  return line && readProperty(line);
}

/** The text of a property without its escapes, or undefined where it is missing or empty. Throws IcsError. */
export function textOf(component: Component, name: string): string | undefined {
  const property = propertyOf(component, name);
  if (property === undefined) return undefined;
  const encoding = property.parameter('encoding') ?? property.parameter('quoted-printable');
  const text =
    encoding === undefined || /^8BIT$/i.test(encoding) ? unescaped(property.raw) : decodedText(property, encoding);
  return text === '' ? undefined : text;
}

function unescaped(raw: string): string {
  return ICAL.parse.property(`SUMMARY:${raw}`, ICAL.design.icalendar)[3] as string;
}

/** Text in the octets of another encoding, in the character set that the property names. */
function decodedText({ name, line, raw, parameter }: Property, encoding: string): string {
  const octets = /^(B|BASE64)$/i.test(encoding)
    ? Buffer.from(raw, 'base64')
    : Buffer.from(
        raw.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      );
  try {
    const text = new TextDecoder(parameter('charset') ?? 'utf-8', { fatal: true }).decode(octets);
    return text.replaceAll('\r\n', '\n');
  } catch {
    throw new IcsError(line, `The text of ${name} cannot be decoded.`, 'Export the file anew as iCalendar 2.0.');
  }
}

/** A property that has to be there. Throws IcsError in the component's first line. */
export function required(component: Component, name: string): Property {
  const property = propertyOf(component, name);
  if (property !== undefined) return property;
  throw new IcsError(component.line, `This ${component.name} has no ${name}.`, 'Add one, or take the whole entry out.');
}

function readProperty({ name, line, text }: Component['properties'][number]): Property {
  const colon = valueColon(name, text);
  const head = text.slice(name.length, colon);
  let parameters: Record<string, string | string[]> | undefined;
  return {
    name,
    line,
    raw: text.slice(colon + 1),
    parameter(wanted) {
      if (wanted === 'value') return /;VALUE="?([^;:"]*)/i.exec(head)?.[1]?.trim().toUpperCase();
      parameters ??= head === '' ? {} : readParameters(name, head, line);
      if (!Object.hasOwn(parameters, wanted)) return undefined;
      const value = parameters[wanted];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

/** The type of the value is judged by its look, as exporters forget VALUE. */
function readParameters(name: string, head: string, line: number): Record<string, string | string[]> {
  try {
    const mended = quoted(head.replace(/;VALUE=[^;:"]*/i, ''));
    return ICAL.parse.property(`X-P${mended}:x`, ICAL.design.icalendar)[1];
  } catch (problem) {
    const why = (problem as Error).message.split('\n')[0]?.slice(0, 80);
    throw new IcsError(
      line,
      `The parameters of ${name} cannot be read (${why}).`,
      'Mend the line, or take the entry out.',
    );
  }
}

/**
 * ical.js ends an unquoted value at its first colon, and refuses a parameter without a name, such as vCalendar's
 * `;QUOTED-PRINTABLE`, or `;Europe/London` for a TZID.
 */
function quoted(head: string): string {
  return head
    .replace(/(;[^=;":]+=)([^";]*:[^";]*)(?=;|$)/g, '$1"$2"')
    .replace(/;(QUOTED-PRINTABLE|BASE64)(?=;|$)/gi, ';ENCODING=$1')
    .replace(/;([A-Z][A-Za-z_]+\/[A-Za-z_+/-]+)(?=;|$)/g, ';TZID=$1');
}

/** How the values begin that may follow an unquoted parameter with a colon in it. */
const DATE = /^\s*(?:\d{4}-?\d\d-?\d\d|$)/;
const VALUES: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(['DTSTART', 'DTEND', 'EXDATE', 'RDATE', 'RECURRENCE-ID'].map((name) => [name, DATE])),
  ATTENDEE: /^\s*mailto:/i,
  ORGANIZER: /^\s*mailto:/i,
};

/**
 * The first colon that is not inside quotes and that such a value follows; without one, the first that is not inside
 * quotes; the end where there is none.
 */
function valueColon(name: string, text: string): number {
  const value = VALUES[name];
  let quoted = false;
  let first: number | undefined;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) {
      if (value === undefined || value.test(text.slice(i + 1, i + 20))) return i;
      first ??= i;
    }
  }
  return first ?? text.length;
}
