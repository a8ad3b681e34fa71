/** One property of a component; ical.js takes parameters and text apart. RFC 5545, 3.2 and 3.3.11. */
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

/** The first of that name; those that RFC 5545 allows once are seldom doubled, and then alike. */
export function propertyOf(component: Component, name: string): Property | undefined {
  const line = component.properties.find((one) => one.name === name);
  return line && readProperty(line);
}

/** The text of a property without its escapes, or undefined where it is missing or empty. */
export function textOf(component: Component, name: string): string | undefined {
  const property = propertyOf(component, name);
  const text = property && (ICAL.parse.property(`SUMMARY:${property.raw}`, ICAL.design.icalendar)[3] as string);
  return text === '' ? undefined : text;
}

/** A property that has to be there. Throws IcsError in the component's first line. */
export function required(component: Component, name: string): Property {
  const property = propertyOf(component, name);
  if (property !== undefined) return property;
  throw new IcsError(component.line, `This ${component.name} has no ${name}.`, 'Add one, or take the whole entry out.');
}

function readProperty({ name, line, text }: Component['properties'][number]): Property {
  const colon = valueColon(text);
  const head = text.slice(name.length, colon);
  let parameters: Record<string, string | string[]> | undefined;
  return {
    name,
    line,
    raw: text.slice(colon + 1),
    parameter(wanted) {
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
    return ICAL.parse.property(`X-P${head.replace(/;VALUE=[^;:"]*/i, '')}:x`, ICAL.design.icalendar)[1];
  } catch (problem) {
    const why = (problem as Error).message.split('\n')[0]?.slice(0, 80);
    throw new IcsError(
      line,
      `The parameters of ${name} cannot be read (${why}).`,
      'Mend the line, or take the entry out.',
    );
  }
}

/** The first colon that is not inside quotes; the end where there is none. */
function valueColon(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) return i;
  }
  return text.length;
}
