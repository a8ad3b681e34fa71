/**
 * Tells a day: what people did, what ran because of it, what that asked of whom, and what changed on the conference
 * server. Everything is read from the trace and from the server itself; nothing is made up.
 */
import type { ConferenceRecord } from '../conference/conference';
import type { World } from '../whole-world';
import type { TraceEntry } from '../world/trace';
import { changesOf, describeConference } from './conference-changes';
import { executionLines } from './execution-lines';

/** The zone in which the times of the transcript are told, and which people's clocks show. */
const STORY_ZONE = 'Europe/Zurich';
const INDENT = '       ';

export class Teller {
  private seq: number;
  private readonly known = new Map<string, ConferenceRecord>();
  private readonly clockFace = new Intl.DateTimeFormat('en-GB', { timeZone: STORY_ZONE, timeStyle: 'short' });
  private executions = 0;
  private exchanges = 0;

  constructor(
    private readonly world: World,
    private readonly say: (line: string) => void,
  ) {
    this.seq = world.trace.entries().at(-1)?.seq ?? 0;
  }

  title(text: string): void {
    this.say(text);
  }

  /** Goes on to `at` (HH:MM of the same day), lets something happen, and tells all that comes of it. */
  scene(at: string, text: string, act: () => void): void {
    this.goOnTo(at);
    this.say('');
    this.say(`${at}  ${text}`);
    act();
    this.world.settle();
    this.tell();
  }

  end(): void {
    const live = this.world.conferences.conferences().length;
    const left = live === 0 ? 'no conference is left behind' : `${live} still there`;
    this.say('');
    const ran = this.executions === 1 ? '1 execution' : `${this.executions} executions`;
    this.say(`${ran}, ${this.exchanges} requests to the conference server, and ${left}.`);
  }

  /** What happens by itself on the way is told with its own times. */
  private goOnTo(at: string): void {
    const [hour = 0, minute = 0] = at.split(':').map(Number);
    const nowMs = this.world.clock.nowMs();
    const [nowHour = 0, nowMinute = 0] = this.time(nowMs).split(':').map(Number);
    const waitMs = ((hour - nowHour) * 60 + minute - nowMinute) * 60_000 - (nowMs % 60_000);
    this.world.advance(waitMs);
    if (this.world.trace.entries(this.seq).some(({ kind }) => kind === 'execution')) this.say('');
    this.tell(true);
  }

  /** @param brief one line for what came to nothing. */
  private tell(brief = false): void {
    const entries = this.world.trace.entries(this.seq);
    this.seq = entries.at(-1)?.seq ?? this.seq;
    for (const group of inOrder(entries)) this.tellGroup(group, brief);
    for (const line of this.conferenceLines()) this.say(`${INDENT}=> ${line}`);
  }

  private tellGroup(group: TraceEntry[], brief: boolean): void {
    const [first] = group as [TraceEntry];
    if (first.kind === 'user') this.say(`${INDENT}${nameOf(first.by)} ${first.text}`);
    if (!group.some(({ kind }) => kind === 'execution')) return;
    this.executions++;
    this.exchanges += group.filter(({ kind }) => kind === 'internet').length;
    const [head = '', ...lines] = executionLines(group);
    const isQuiet = brief && !group.some(({ kind }) => kind === 'internet' || kind === 'fault');
    this.say(`${INDENT}${this.time(first.atMs)} ${head}${isQuiet ? ' and finds nothing to do' : ''}`);
    if (isQuiet) return;
    for (const line of lines) this.say(`${INDENT}      ${line}`);
  }

  private conferenceLines(): string[] {
    const lines: string[] = [];
    for (const record of this.world.conferences.all()) {
      const before = this.known.get(record.id);
      if (before === undefined) lines.push(describeConference(record));
      else lines.push(...changesOf(before, record));
      this.known.set(record.id, record);
    }
    return lines;
  }

  private time(ms: number): string {
    return this.clockFace.format(ms);
  }
}

/** What a person did alone, and what an execution did together, in the order in which each began. */
function inOrder(entries: readonly TraceEntry[]): TraceEntry[][] {
  const groups: TraceEntry[][] = [];
  const byExecution = new Map<string, TraceEntry[]>();
  for (const entry of entries) {
    if (entry.kind === 'user') groups.push([entry]);
    else if (entry.kind !== 'calendar' && entry.kind !== 'trigger') {
      const group = byExecution.get(entry.by);
      if (group !== undefined) group.push(entry);
      else {
        const started = [entry];
        byExecution.set(entry.by, started);
        groups.push(started);
      }
    }
  }
  return groups;
}

function nameOf(email: string): string {
  const name = email.split('@')[0] ?? email;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
