/** Plays every workload and writes docs/scale.md. Every number comes from a run; the words around stand in page.ts. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OURS } from '../bench-world';
import { foreignImport, shift } from './bursts';
import { answers, officeDay } from './everyday';
import { nearlyFull, untilFull } from './full';
import { type Growth, passesAt } from './growth';
import { Office } from './office';
import { page } from './page';
import type { Played } from './played';
import type { Result } from './result';
import { expiredToken, OUTAGES, outage, refusedWrites, unwellGoogle } from './trouble';

const SIZES = [10, 100, 1_000, 3_600];

async function play(): Promise<Played> {
  const addOn = OURS();
  const day = await told(officeDay(addOn));
  const noise = await told(answers(addOn));
  const bursts = [
    await told(shift(addOn)),
    await told(shift(addOn, { coalesced: true })),
    await told(foreignImport(addOn)),
    await told(foreignImport(addOn, { coalesced: true })),
  ];
  const gap = await told(expiredToken(addOn));
  const outages: Result[] = [];
  for (const how of Object.keys(OUTAGES) as Array<keyof typeof OUTAGES>) {
    outages.push(...(await told(outage(addOn, how))));
  }
  outages.push(...(await told(unwellGoogle(addOn))), ...(await told(refusedWrites(addOn))));

  const office = new Office(addOn);
  const growth: Growth[] = [];
  for (const size of SIZES) {
    office.fill(size);
    growth.push(...passesAt(office));
  }
  const nearly = await told(nearlyFull(office));
  const full = await untilFull(office);
  await office.overlap.close();
  return { day, noise, bursts, gap, outages, growth, nearly, full };
}

/** Says on stderr what is through: all of it takes minutes. */
async function told<T extends Result | Result[]>(result: Promise<T>): Promise<T> {
  const done = await result;
  for (const { what } of [done].flat()) console.error(`played: ${what}`);
  return done;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const text = page(await play());
  if (values.out === undefined) process.stdout.write(text);
  else writeFileSync(values.out, text);
}

void main();
