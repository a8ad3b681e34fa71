/**
 * Tells a day: after each scene it lets everything settle, and says from the trace what people did, what ran, what that
 * asked of whom, and from the conference server what changed there.
 */
import type { ConferenceRecord } from '../conference/conference';
import type { TraceEntry } from '../world/trace';
import type { World } from '../world/world';
import { changesOf, describeConference } from './conference-changes';
import { executionLines } from './execution-lines';

/** The zone in which the times of the transcript are told. */
const STORY_ZONE = 'Europe/Zurich';

export class Teller {
  private seq = 0;
  private known = new Map<string, ConferenceRecord>();
  private readonly clockFace = new Intl.DateTimeFormat('en-GB', {
    timeZone: STORY_ZONE,
    hour: '2-digit',
    minute: '2-digit',
  });
  private executions = 0;
  private exchanges = 0;

  constructor(
    private readonly world: World,
    private readonly say: (line: string) => void,
  ) {
    this.seq = world.trace.entries().at(-1)?.seq ?? 0;
  }

  title(solution: string): void {
    this.say(`A short day with ${solution}, in virtual time`);
  }

  /** One thing that happens, and all that comes of it. */
  scene(text: string, act: () => void): void {
    this.say('');
    this.say(`${this.time(this.world.clock.nowMs())}  ${text}`);
    act();
    this.world.settle();
    this.tell();
  }

  end(): void {
    const live = this.world.conferences.conferences().length;
    this.say('');
    this.say(
      `${this.time(this.world.clock.nowMs())}  The day is over: ${this.executions} executions, ${this.exchanges} requests to the conference server, ` +
        `${live === 0 ? 'no conference left behind' : `${live} conferences still there`}.`,
    );
  }

  private tell(): void {
    const entries = this.world.trace.entries(this.seq);
    this.seq = entries.at(-1)?.seq ?? this.seq;
    for (const group of inOrder(entries)) this.tellGroup(group);
    for (const line of this.conferenceLines()) this.say(`       => ${line}`);
  }

  private tellGroup(group: TraceEntry[]): void {
    const [first] = group as [TraceEntry];
    if (first.kind === 'user') this.say(`       ${nameOf(first.by)} ${first.text}`);
    if (!group.some(({ kind }) => kind === 'execution')) return;
    this.executions++;
    this.exchanges += group.filter(({ kind }) => kind === 'internet').length;
    const [head = '', ...lines] = executionLines(group);
    this.say(`       ${this.time(first.atMs)} ${head}`);
    for (const line of lines) this.say(`             ${line}`);
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
