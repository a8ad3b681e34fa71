/** What the add-on was meant to keep to, beside what it did. The bars are for calls that take their medians. */
import { CALL_DURATIONS, RUNTIME_START } from '../../sandbox/script/latency';
import { type Cell, quantile, table, whole } from '../table';
import type { Played } from './played';
import type { Result } from './result';

export function bars({ day, noise, bursts, gap, outages, nearly, full }: Played): string {
  const [shift, , imported] = bursts as [Result, Result, Result];
  const edits = day.tally.medianMs - day.tally.sweepMedianMs;
  const down = outages.filter(({ what }) => what.startsWith('the conference server') && !what.includes('after'));
  const all = [day, noise, ...bursts, ...gap, ...outages, ...nearly, ...full.results];
  const wrong = all.filter(({ tally }) => tally.missed === 0).reduce((sum, one) => sum + one.lost + one.orphans, 0);
  const open = all.filter(({ what }) => what.endsWith(' after')).reduce((sum, { tally }) => sum + tally.missed, 0);
  const perDay = day.tally.calls.list + day.tally.calls.get + day.tally.failed;
  const rows: Cell[][] = [
    ['an office day: triggers’ run time, sweeps apart', 'at most 60 s', `${seconds(edits)} s`],
    ['an office day: provider requests', '15, as many as real changes', day.tally.calls.provider],
    ['300 answers: provider requests', '0', noise.tally.calls.provider],
    ['200 events shifted: provider requests', '200', shift.tally.calls.provider],
    ['200 events shifted: staleness, p99', 'at most 15 s', `${seconds(quantile(shift.tally.stalenessMs, 0.99))} s`],
    ['200 events shifted: triggers refused', '0', shift.tally.refused],
    ['2,000 foreign events: run time', `at most 1.1 × ${whole(floorMs(imported) / 1_000)} s`, ratio(imported)],
    ['an expired token: the pass that finds it', 'at most 10 s', `${seconds(gap[0]?.tally.longestMs ?? 0)} s`],
    [
      'an outage of 30 min: provider requests',
      'at most 25',
      Math.max(...down.map(({ tally }) => tally.calls.provider)),
    ],
    ['Calendar calls of one user in a day', 'at most 100', perDay],
    ['changes never delivered, conferences wrong or left over', '0', open + wrong],
  ];
  return table(['', 'wanted', 'measured'], rows, 2);
}

/** What triggers cost that find somebody at work: the start, one look at the lock, a mark, another look. */
function floorMs({ tally }: Result): number {
  const median = (name: string) => CALL_DURATIONS[name]?.([])[0] ?? 0;
  return tally.executions * (RUNTIME_START[0] + 2 * median('lock.tryLock') + median('cache.putAll'));
}

function ratio(result: Result): string {
  return `${(result.tally.medianMs / floorMs(result)).toFixed(2)} ×`;
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
