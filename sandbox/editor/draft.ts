/**
 * What stands in an open event editor: one draft per opened editor, plain JSON, kept in Records.
 *
 * Calendar learns nothing of a draft before it is saved (platform facts: an onCreate result is stored only on save).
 */
import type { JsonObject } from '../world/json';
import type { Records } from '../world/records';

/** Which occurrences a change of a recurring event is for, as Calendar asks. */
export type Scope = 'this' | 'following' | 'all';

export type DraftConference =
  /** Whatever the saved event has, or none for a new one. */
  | { state: 'untouched' }
  /** onCreateFunction is running. `ask` tells this request from an earlier one whose answer comes late. */
  | { state: 'creating'; solutionId: string; ask: number }
  /** Chosen and ready: `data` is what Calendar will store. */
  | { state: 'ready'; data: JsonObject; solutionId?: string }
  | { state: 'failed'; solutionId: string; shown: Shown }
  | { state: 'removed' };

/** What the editor shows when no conference came of it. */
export interface Shown {
  message: string;
  /** ConferenceErrorType the add-on gave; absent when it gave no usable answer at all. */
  errorType?: string;
  /** Where to sign in, for AUTHENTICATION. */
  authenticationUrl?: string;
  /** For the person who runs the sandbox; Calendar shows nothing of it. */
  detail?: string;
}

export interface Draft {
  draftId: string;
  /** Who has the editor open. */
  user: string;
  calendarId: string;
  eventId: string;
  /** The event as it was when the editor was opened; absent for a new one. */
  opened?: JsonObject;
  /** What the person has typed since. */
  fields: JsonObject;
  conference: DraftConference;
  /** How many times a conference has been asked for. */
  asks: number;
}

/** Thrown for what a person cannot do in the editor; the message is for them. */
export class EditorRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'EditorRefusal';
  }
}

const KIND = 'editor.draft';

/** The drafts of a world. */
export class Drafts {
  constructor(private readonly records: Records) {}

  /** The open draft; refuses when it was saved, discarded or never opened. */
  get(draftId: string): Draft {
    const draft = this.records.get<Draft>(KIND, draftId);
    if (draft === undefined)
      throw new EditorRefusal(404, `There is no open editor ${draftId}: it was saved or discarded.`);
    return draft;
  }

  find(draftId: string): Draft | undefined {
    return this.records.get<Draft>(KIND, draftId);
  }

  put(draft: Draft): Draft {
    this.records.put(KIND, draft.draftId, draft);
    return draft;
  }

  close(draftId: string): void {
    this.records.remove(KIND, draftId);
  }

  /** A fresh id; ids are not used again while their draft is open. */
  newId(): string {
    const count = (this.records.get<number>('editor.counter', 'drafts') ?? 0) + 1;
    this.records.put('editor.counter', 'drafts', count);
    return `draft-${count}`;
  }

  all(): Draft[] {
    return [...this.records.entries<Draft>(KIND)].map(([, draft]) => draft);
  }
}
