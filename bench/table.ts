/** Markdown tables and numbers as people read them. */

export type Cell = string | number;

/** @param words how many columns, from the left, hold words; the others hold numbers. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly Cell[]>, words = 1): string {
  const line = (cells: readonly Cell[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, i) => (i < words ? '---' : '---:'));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

/** 12345 as 12,345. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB');
}

/** Milliseconds with as many digits as mean something. */
export function ms(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : whole(value);
}

/** The value below which `share` of the sample lies. */
export function quantile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(sample: readonly number[]): number {
  return quantile(sample, 0.5);
}

/** How long `act` takes, in real milliseconds. */
export function timed(act: () => void): number {
  const fromNs = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - fromNs) / 1e6;
}
