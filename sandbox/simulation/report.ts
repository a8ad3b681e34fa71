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

/** What is said of days on which the add-on asked hosts that the sandbox does not have. */
export function cannotJudge(hosts: readonly string[], days?: number): string {
  const which = days === undefined ? 'This day cannot be judged' : `${days} days cannot be judged`;
  return (
    `${which}: the add-on asked ${hosts.join(' and ')}, which nobody imitates here, and was told that there is no such host. ` +
    'What comes of that is no fault of the add-on. Its services are imitated in sandbox/vendors; --provider names them.'
  );
}

/** Returns whether every promise was kept, and every day could be judged. */
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
  const blind = reports.filter(({ strangers }) => strangers.length > 0);
  const hosts = [...new Set(blind.flatMap(({ strangers }) => strangers))].sort();
  if (blind.length > 0) console.log(cannotJudge(hosts, blind.length));
  if (broken.length > 0) console.log(`${broken.length} days broke a promise.`);
  else if (blind.length < reports.length) console.log('Nothing lost, nothing wrong.');
  return broken.length === 0 && blind.length === 0;
}
