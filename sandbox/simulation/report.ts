/** What a campaign says: of each day that broke a promise, and of all together. */
import { MISFORTUNES } from './misfortunes';
import type { SimulateOptions } from './options';
import type { RunReport } from './run';

/** What came of a seed, how it was played, and the processor time that took. */
export type Played = RunReport & { isFresh: boolean; isChangedByKeeping: boolean; cpuMs: number };

export function tellFailure({ seed, violations, misfortunes }: RunReport, { dayOptions }: SimulateOptions): void {
  console.log(`seed ${seed}: ${violations.slice(0, 3).join('; ')}${violations.length > 3 ? ' …' : ''}`);
  if (misfortunes.length > 0) console.log(`  it met: ${misfortunes.join(', ')}`);
  console.log(`  replay: npm run simulate -- --replay ${seed} --explain ${dayOptions}`.trimEnd());
}

/** Returns whether every promise was kept. */
export function summarise(reports: readonly Played[], options: SimulateOptions, ms: number): boolean {
  const broken = reports.filter(({ violations }) => violations.length > 0);
  const sum = (of: (report: Played) => number) => reports.reduce((total, report) => total + of(report), 0);
  console.log(
    `\n${reports.length} days of ${options.hours} h and a quiet time of ${options.quietHours} h each, every one played twice, ` +
      `${reports.filter(({ isFresh }) => isFresh).length} of them first in fresh contexts, in ` +
      `${Math.round(ms / 1000)} s (${Math.round(sum(({ cpuMs }) => cpuMs) / 1000)} s of processor time in ` +
      `${options.jobs} processes): ${sum(({ deeds }) => deeds)} deeds, ` +
      `${sum(({ executions }) => executions)} executions.`,
  );
  const changed = reports.filter(({ isChangedByKeeping }) => isChangedByKeeping).length;
  if (changed > 0) {
    console.log(`${changed} days were played again, in fresh contexts: the add-on leaves something in its globals.`);
  }
  const rows = MISFORTUNES.map(
    ([name]) => [name, reports.filter((report) => report.misfortunes.includes(name)).length] as const,
  );
  for (const [name, met] of rows) {
    console.log(`  ${((100 * met) / Math.max(1, reports.length)).toFixed(1).padStart(5)} % of days: ${name}`);
  }
  console.log(broken.length === 0 ? 'Nothing lost, nothing wrong.' : `${broken.length} days broke a promise.`);
  return broken.length === 0;
}
