/**
 * Measures the mutation score of src/core and src/sync, one file at a time, and prints the table of docs/mutation.md.
 *
 *   npm run mutate                      all files; below the bar in either folder it ends with 1
 *   npm run mutate -- src/core/plan.ts  these files, with every change that was not noticed
 *
 * One at a time because a source runs many times slower with all of its changes in it than as it is.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const BAR_PERCENT = 85;
const REPORT = '.build/mutation/report.json';

const given = process.argv.slice(2);
const files = given.length > 0 ? given : ['src/core', 'src/sync'].flatMap(sourcesIn);
const folders = new Map();
console.log('| file | noticed | % |\n|---|---|---|');
for (const file of files) {
  const counts = measure(file, given.length > 0);
  if (counts === undefined) continue;
  console.log(row(`\`${file.slice('src/'.length)}\``, counts));
  const folder = file.split('/')[1];
  const sum = folders.get(folder) ?? { noticed: 0, endless: 0, all: 0 };
  folders.set(folder, {
    noticed: sum.noticed + counts.noticed,
    endless: sum.endless + counts.endless,
    all: sum.all + counts.all,
  });
}
for (const [folder, sum] of folders) console.log(row(`**${folder}**`, sum));
if (given.length === 0 && [...folders.values()].some((sum) => percent(sum) < BAR_PERCENT)) process.exitCode = 1;

function sourcesIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name}`);
}

/** Undefined for a file of types alone: there is nothing to change in it. */
function measure(file, isTold) {
  const stryker = spawnSync('node_modules/.bin/stryker', ['run', '--mutate', file], { encoding: 'utf8' });
  if (stryker.error !== undefined) throw stryker.error;
  if (/with 0 mutant/.test(stryker.stdout)) return undefined;
  if (stryker.status !== 0) throw new Error(`${file} could not be measured.\n${stryker.stdout}${stryker.stderr}`);
  if (isTold) console.log(stryker.stdout);
  const changes = JSON.parse(readFileSync(REPORT, 'utf8')).files[file].mutants;
  const count = (...statuses) => changes.filter(({ status }) => statuses.includes(status)).length;
  return {
    noticed: count('Killed'),
    endless: count('Timeout'),
    all: count('Killed', 'Timeout', 'Survived', 'NoCoverage'),
  };
}

function percent({ noticed, endless, all }) {
  return (100 * (noticed + endless)) / all;
}

function row(name, counts) {
  const { noticed, endless, all } = counts;
  return `| ${name} | ${noticed}${endless > 0 ? ` + ${endless}` : ''} of ${all} | ${percent(counts).toFixed(1)} |`;
}
