/** Tells one simulated day: what people did, what went wrong, what ran, and which promise was broken. */
import type { AddOn } from '../script/host';
import type { TraceEntry } from '../world/trace';
import type { SimulateOptions } from './options';
import { cannotJudge } from './report';
import { type RunOptions, runDay } from './run';

/** Service calls are told by what they reach; these say it already. */
const TOLD = new Set<TraceEntry['kind']>(['user', 'execution', 'internet', 'fault', 'log', 'trigger']);

/** Returns whether every promise was kept. */
export function explainDay(
  seed: string,
  addOn: AddOn,
  options: SimulateOptions & RunOptions,
  say: (line: string) => void,
): boolean {
  let told = 0;
  const report = runDay(seed, addOn, {
    ...options,
    tell: (line, day) => {
      if (options.explain) {
        for (const entry of day.world.trace.entries(told)) {
          told = entry.seq;
          if (TOLD.has(entry.kind))
            say(`${stamp(entry.atMs)}    ${entry.kind.padEnd(9)} ${entry.by.padEnd(16)} ${entry.text}`);
        }
      }
      say(`${stamp(day.world.clock.nowMs())}  ${line}`);
    },
  });
  say(`trace ${report.hash}, ${report.deeds} deeds, ${report.executions} executions`);
  if (report.strangers.length > 0) say(cannotJudge(report.strangers));
  if (report.strangers.length > 0) return false;
  for (const violation of report.violations) say(`BROKEN: ${violation}`);
  if (report.violations.length === 0) say('Nothing lost, nothing wrong.');
  return report.violations.length === 0;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(5, 19).replace('T', ' ');
}
