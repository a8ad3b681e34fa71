/**
 * One execution in a few lines: what ran and how it ended; what it asked Calendar and the provider; how often it used its
 * properties. Reads the trace's own wording (script/host.ts, script/execution.ts, world/internet.ts).
 */
import type { TraceEntry } from '../world/trace';

/** Service calls that are counted in one line instead of told one by one. */
const COUNTED: ReadonlyArray<[pattern: RegExp, what: string]> = [
  [/^Properties\.(get|getProperties|getProperty|getKeys)/, 'property reads'],
  [/^Properties\.(set|delete)/, 'property writes'],
  [/^Cache/, 'cache calls'],
  [/^Lock/, 'lock calls'],
];

/** The first line names the execution; the others what it did, in order. */
export function executionLines(group: readonly TraceEntry[]): string[] {
  const of = (kind: TraceEntry['kind']) => group.filter((entry) => entry.kind === kind);
  const [begins, ends] = [of('execution')[0]?.text ?? '', of('execution').at(-1)?.text ?? ''];
  const [, name = '', surface = '', user = ''] = /^(\S+) \((\w+)\) begins for (\S+)/.exec(begins) ?? [];
  const [, how = '', ms = '0'] = /^\S+ (.*) \((\d+) ms\)$/.exec(ends) ?? [];
  const outcome = how === 'ends' ? `runs ${seconds(Number(ms))}` : how;
  const lines: string[] = [];
  for (const { kind, text } of group) {
    if (kind === 'service' && text.startsWith('Calendar')) lines.push(`asks Calendar: ${text.replace(/^\S+ /, '')}`);
    if (kind === 'internet') lines.push(`asks the provider: ${text}`);
    if (kind === 'fault') lines.push(`(${text})`);
  }
  const counts = COUNTED.map(([pattern, what]) => [
    of('service').filter(({ text }) => pattern.test(text)).length,
    what,
  ]);
  const used = counts.filter(([count]) => count !== 0).map(([count, what]) => `${count} ${what}`);
  if (used.length > 0) lines.push(`uses ${used.join(', ')}`);
  return [`${name} (${surface}) for ${user} ${outcome}`, ...lines];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
