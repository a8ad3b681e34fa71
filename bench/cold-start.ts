/**
 * What evaluating the bundle costs, as every execution does: in a bare context that has never seen it.
 *
 * Each run compiles anew: V8 keeps compiled code by its text, so each text gets a comment of its own.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createContext, Script } from 'node:vm';
import { compileProject, runInContext } from '../sandbox/script/context';
import { namesAtHand } from '../sandbox/script/language-names';
import { ROOT } from './bench-world';
import { type Cell, median, ms, quantile, table, timed } from './table';

const RUNS = 200;
const WARM_UP = 20;

export function coldStart(): string {
  const bundle = readFileSync(resolve(ROOT, 'dist/Code.js'), 'utf8');
  const prelude = readFileSync(resolve(ROOT, '.build/sandbox/prelude.js'), 'utf8');
  const rows: Cell[][] = [
    ['a bare context alone', ...sample(() => timed(() => void createContext({})))],
    ['`Code.js`, compiled and evaluated in a bare context', ...sample((i) => evaluate(bundle, i))],
    ['the same, when V8 has compiled it before', ...sample(compiledBefore(bundle))],
    [
      'context, prelude, `Code.js` and a function that does nothing, compiled anew',
      ...sample(whole(bundle, prelude, true)),
    ],
    ['the same, when compiled before: what a simulated execution costs', ...sample(whole(bundle, prelude, false))],
  ];
  return table(['what', 'median ms', 'p99 ms'], rows);
}

function evaluate(bundle: string, i: number): number {
  const context = createContext({});
  const text = `${bundle}\n// ${i}`;
  return timed(() => void new Script(text).runInContext(context));
}

function compiledBefore(bundle: string): () => number {
  const script = new Script(bundle);
  return () => {
    const context = createContext({});
    return timed(() => void script.runInContext(context));
  };
}

function whole(bundle: string, prelude: string, anew: boolean): (i: number) => number {
  const atHand = namesAtHand([{ source: bundle }]);
  const project = (i: number) =>
    compileProject({
      prelude: `${prelude}\n// ${i}`,
      files: [{ name: 'Code.js', source: `${bundle}\nfunction nothing() {}\n// ${i}` }],
      atHand,
    });
  const kept = project(-1);
  const what = { functionName: 'nothing', args: [], isTrigger: false };
  return (i) => timed(() => runInContext(anew ? project(i) : kept, what, answer, 10_000));
}

/** What the prelude asks for while it is installed. */
function answer(method: string): string {
  return method === 'project.boot'
    ? '{"value":{"timeZone":"UTC","calendarSymbol":"Calendar","otherSymbols":[]}}'
    : '{}';
}

function sample(run: (i: number) => number): string[] {
  const all = Array.from({ length: WARM_UP + RUNS }, (_, i) => run(i)).slice(WARM_UP);
  return [median(all), quantile(all, 0.99)].map(ms);
}
