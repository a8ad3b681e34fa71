/** One property of a component, taken apart by ical.js: parameters, type, values. RFC 5545, 3.2 and 3.3. */
import ICAL from 'ical.js';
import type { Component } from './component';
import { IcsError } from './ics-error';

export interface Property {
  name: string;
  line: number;
  /** Parameters by lower-case name; of a repeated one the first. */
  parameter(name: string): string | undefined;
  /** As jCal has them: text unescaped, dates as `2026-03-09`, times as `2026-03-09T10:00:00` with or without `Z`. */
  values: unknown[];
  /** What stands after the colon, untouched. */
  raw: string;
}

export function propertiesOf(component: Component, name: string): Property[] {
  return component.properties.filter((line) => line.name === name).map(readProperty);
}

/** The first of that name; those that RFC 5545 allows once are seldom doubled, and then alike. */
export function propertyOf(component: Component, name: string): Property | undefined {
  const line = component.properties.find((one) => one.name === name);
  return line && readProperty(line);
}

/** The text of a property, or undefined where it is missing or empty. */
export function textOf(component: Component, name: string): string | undefined {
  const value = propertyOf(component, name)?.values[0];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A property that has to be there. Throws IcsError in the component's first line. */
export function required(component: Component, name: string): Property {
  const property = propertyOf(component, name);
  if (property !== undefined) return property;
  throw new IcsError(component.line, `This ${component.name} has no ${name}.`, 'Add one, or take the whole entry out.');
}

function readProperty({ name, line, text }: Component['properties'][number]): Property {
  let jCal: [string, Record<string, string | string[]>, string, ...unknown[]];
  try {
    jCal = ICAL.parse.property(text, ICAL.design.icalendar);
  } catch (problem) {
    throw new IcsError(
      line,
      `${name} cannot be read (${firstSentence(problem)}).`,
      'Mend the line, or take the entry out.',
    );
  }
  const [, parameters, , ...values] = jCal;
  return {
    name,
    line,
    parameter(wanted) {
      if (!Object.hasOwn(parameters, wanted)) return undefined;
      const value = parameters[wanted];
      return Array.isArray(value) ? value[0] : value;
    },
    values,
    raw: rawValue(text),
  };
}

/** The value begins after the first colon that is not inside quotes. */
function rawValue(text: string): string {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === ':' && !quoted) return text.slice(i + 1);
  }
  return '';
}

function firstSentence(problem: unknown): string {
  return (problem as Error).message.split('\n')[0]?.slice(0, 120) ?? '';
}
