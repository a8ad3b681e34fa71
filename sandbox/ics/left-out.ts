/** Entries of a file that could not be read, by name. */
import type { Component } from './component';
import type { Entry } from './entry';
import { IcsError } from './ics-error';
import { propertyOf, textOf } from './property';

export interface LeftOut {
  /** Where it begins. */
  line: number;
  /** Absent: not an entry of the file, or one that names nothing. */
  title?: string;
  /** Absent as the title is. */
  uid?: string;
  /** A changed occurrence: its series goes on, and shows it as the rule has it. */
  ofSeries?: boolean;
  error: IcsError;
}

export function leftOut(component: Component, error: IcsError): LeftOut {
  const title = readable(component, 'SUMMARY');
  const uid = readable(component, 'UID')?.trim();
  const ofSeries = component.properties.some(({ name }) => name === 'RECURRENCE-ID');
  return {
    line: component.line,
    ...(title !== undefined && { title }),
    ...(uid !== undefined && { uid }),
    ...(ofSeries && { ofSeries }),
    error,
  };
}

/** Takes the changed occurrences of a series that could not be read out as well: they are no events of their own. */
export function withoutMaster(out: readonly LeftOut[], byUid: Map<string, Entry[]>): LeftOut[] {
  const lost: LeftOut[] = [];
  for (const { uid, line, ofSeries } of out) {
    const entries = uid === undefined || ofSeries ? undefined : byUid.get(uid);
    if (uid === undefined || entries === undefined || entries.some(({ recurrenceId }) => recurrenceId === undefined))
      continue;
    byUid.delete(uid);
    for (const entry of entries) {
      const problem = `The series of this occurrence, in line ${line}, cannot be read.`;
      const error = new IcsError(entry.line, problem, 'Mend the series.');
      const title = entry.body.summary as string | undefined;
      lost.push({ line: entry.line, ...(title !== undefined && { title }), uid, error });
    }
  }
  return lost;
}

export function byLine(a: { line: number }, b: { line: number }): number {
  return a.line - b.line;
}

/** A text that is only there to name the entry. */
function readable(component: Component, name: string): string | undefined {
  try {
    return textOf(component, name);
  } catch (problem) {
    if (!(problem instanceof IcsError)) throw problem;
    return propertyOf(component, name)?.raw;
  }
}
