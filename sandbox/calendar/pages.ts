/**
 * Lists cut into pages.
 *
 * A list of more than one page is frozen when its first page is served, and kept as a record until newer ones push it
 * out, so that a page token outlives a restart and can be used again. Google may serve fewer rows than asked, or none:
 * `pageCap` and the switch emptyPages bring that about. What is not shown has its place on a page all the same (`null`).
 */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { Records } from '../world/records';
import { refuse } from './refusal';
import type { PageState, Tokens } from './tokens';

const PAGE = 'calendar.page';
/** Frozen lists kept; a token of an older one is answered 400. Google's own lifetime is not published. */
export const FROZEN_LISTS_KEPT = 64;
const EMPTY_PAGE_CHANCE = 0.3;

export interface FrozenList {
  calendarId: string;
  viewer: string;
  /** Digest of the query and its sync token: the next page must be asked for alike. */
  asked: string;
  items: Array<JsonObject | null>;
  /** For the last page. */
  nextSyncToken?: string;
}

export interface Page {
  items: JsonObject[];
  nextPageToken?: string;
  nextSyncToken?: string;
}

export class Pages {
  /** Rows per page at most, whatever maxResults says; undefined: as asked. */
  pageCap: number | undefined;

  constructor(
    private readonly records: Records,
    private readonly tokens: Tokens,
    private readonly random: Random,
    private readonly emptyPages: () => boolean | string,
  ) {}

  first(list: FrozenList, pageSize: number): Page {
    const size = this.size(pageSize);
    const isShort = list.items.length <= size;
    const starveFirst = this.starves(isShort);
    if (isShort && !starveFirst) return lastPage(list, 0);
    const snapshot = this.freeze(list);
    if (starveFirst) return this.empty({ snapshot, offset: 0 });
    return this.cut(list, { snapshot, offset: 0 }, size);
  }

  /** The page a token stands for. 400 for a token never issued, forgotten, or issued for another question. */
  next(pageToken: string, asked: string, pageSize: number): Page {
    const state = this.tokens.open<PageState>('page', pageToken);
    const list = state && this.records.get<FrozenList>(PAGE, state.snapshot);
    if (state === undefined || list === undefined || list.asked !== asked) {
      throw refuse.invalid('Invalid page token value.', 'pageToken');
    }
    if (state.rested !== true && this.starves(false)) return this.empty(state);
    return this.cut(list, state, this.size(pageSize));
  }

  forget(): void {
    for (const [snapshot] of [...this.records.entries(PAGE)]) this.records.remove(PAGE, snapshot);
  }

  private cut(list: FrozenList, { snapshot, offset }: PageState, size: number): Page {
    if (offset + size >= list.items.length) return lastPage(list, offset);
    const nextPageToken = this.tokens.seal('page', { snapshot, offset: offset + size });
    return { items: shown(list.items.slice(offset, offset + size)), nextPageToken };
  }

  private empty({ snapshot, offset }: PageState): Page {
    return { items: [], nextPageToken: this.tokens.seal('page', { snapshot, offset, rested: true }) };
  }

  private freeze(list: FrozenList): string {
    const snapshot = this.random.text(12);
    this.records.put(PAGE, snapshot, list);
    if (this.records.count(PAGE) > FROZEN_LISTS_KEPT) {
      const [oldest] = this.records.entries(PAGE).next().value as [string, unknown];
      this.records.remove(PAGE, oldest);
    }
    return snapshot;
  }

  private size(pageSize: number): number {
    return this.pageCap === undefined ? pageSize : Math.max(1, Math.min(pageSize, this.pageCap));
  }

  /** A list that fits on one page comes on one, unless empty pages are served anywhere. */
  private starves(isShort: boolean): boolean {
    const setting = this.emptyPages();
    return (isShort ? setting === 'anywhere' : setting !== false) && this.random.chance(EMPTY_PAGE_CHANCE);
  }
}

function lastPage(list: FrozenList, offset: number): Page {
  const items = shown(offset === 0 ? list.items : list.items.slice(offset));
  return { items, ...(list.nextSyncToken !== undefined && { nextSyncToken: list.nextSyncToken }) };
}

function shown(items: Array<JsonObject | null>): JsonObject[] {
  return items.filter((item) => item !== null);
}
