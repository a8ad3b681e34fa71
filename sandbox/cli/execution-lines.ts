/**
 * One execution in a few lines: what ran and for how long, what it asked of Calendar and of the provider, how often it
 * used Google's stores. Reads the trace's own wording (script/host.ts, script/execution.ts, world/internet.ts).
 */
import type { TraceEntry } from '../world/trace';

/** Service calls that are counted in one line instead of told one by one: what they are, one and many. */
const COUNTED: ReadonlyArray<[pattern: RegExp, one: string, many: string]> = [
  [/^PropertiesService\.get/, 'property read', 'property reads'],
  [/^PropertiesService\.(set|delete)/, 'property write', 'property writes'],
  [/^CacheService/, 'cache call', 'cache calls'],
  [/^LockService/, 'lock call', 'lock calls'],
  [/^ScriptApp\.getAuthorizationInfo/, 'look at its grant', 'looks at its grant'],
  [/^ScriptApp/, 'call for its triggers', 'calls for its triggers'],
];

/** The first line names the execution; the others say what it did, in order. */
export function executionLines(group: readonly TraceEntry[]): string[] {
  const of = (kind: TraceEntry['kind']) => group.filter((entry) => entry.kind === kind);
  const texts = of('execution').map(({ text }) => text);
  const [, name = '?', surface = ''] = /^(\S+) \((\w+)\) begins/.exec(texts[0] ?? '') ?? [];
  const [, how = 'is running', ms = '0'] = /^\S+ (.*) \(([\d.]+) ms\)$/.exec(texts.at(-1) ?? '') ?? [];
  const took = `${(Number(ms) / 1000).toFixed(1)} s`;
  const head = how === 'ends' ? `${name} runs for ${took} (${surface})` : `${name} (${surface}) ${how}, after ${took}`;
  const asked = group.flatMap(({ kind, text }) => {
    if (kind === 'service' && text.startsWith('Calendar '))
      return [`asks Calendar   ${rows(text.slice('Calendar '.length))}`];
    if (kind === 'internet') return [`asks provider   ${readable(text)}`];
    return kind === 'fault' ? [`meets a fault   ${text}`] : [];
  });
  const services = of('service').map(({ text }) => text);
  const counts = COUNTED.flatMap(([pattern, one, many]) => {
    const count = services.filter((text) => pattern.test(text)).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  if (of('internet').length === 0) asked.push('asks provider   nothing');
  return [head, ...asked, ...(counts.length > 0 ? [`uses            ${counts.join(', ')}`] : [])];
}

/** A row is one item of a list. */
function rows(text: string): string {
  return text.replace(/(\d+) item(s?)$/, '$1 row$2');
}

/** Percent signs are for machines. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
