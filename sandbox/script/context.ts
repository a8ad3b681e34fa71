/**
 * One execution's context: a bare V8 context, the prelude, the add-on's files, one function called.
 *
 * Used in this thread and in workers alike; knows only text and the one function by which a script calls out. Nothing
 * outlives the call, unless the caller asks for a kept context. node:vm is no security boundary: the sandbox runs its
 * owner's own add-on.
 */
import { createContext, Script } from 'node:vm';
import { declaration } from './language-names';

export interface ProjectSource {
  prelude: string;
  files: Array<{ name: string; source: string }>;
  /** Names of the language that the files only use (language-names.ts). */
  atHand: readonly string[];
}

/** Compiled once, evaluated in every context. */
export interface Project {
  /** The prelude, with what is declared before and after it. */
  prelude: readonly Script[];
  files: Array<{ name: string; script: Script }>;
  /** Starter scripts by function name. */
  starters: Map<string, Script>;
}

export interface Invocation {
  functionName: string;
  args: unknown[];
  isTrigger: boolean;
}

export type HostCall = (method: string, argsJson: string) => string;

/** The name shown for lines of the prelude; they are left out of stacks. */
const PRELUDE_NAME = 'google:apps-script';
const FUNCTION_NAME = /^[A-Za-z_$][\w$]*(\.[A-Za-z_$][\w$]*)*$/;

const ENTER = new Script('{ const enter = __enter; delete globalThis.__enter; enter(); }', { filename: PRELUDE_NAME });

const WORK = new Script('work()');

export function compileProject(source: ProjectSource): Project {
  return {
    prelude: [declaration(source.atHand, 'before'), source.prelude, declaration(source.atHand, 'after')].map(
      (text) => new Script(text, { filename: PRELUDE_NAME }),
    ),
    files: source.files.map((file) => ({
      name: file.name,
      script: new Script(file.source, { filename: file.name }),
    })),
    starters: new Map(),
  };
}

/** A script that hands the named top-level value to the prelude: a const is no property of the global object. */
function starter(project: Project, functionName: string): Script {
  let script = project.starters.get(functionName);
  if (script === undefined) {
    const [root, ...path] = FUNCTION_NAME.test(functionName) ? functionName.split('.') : ['undefined'];
    const value = `typeof ${root} === 'undefined' ? undefined : ${root}`;
    script = new Script(`{ const go = __go; delete globalThis.__go; go(${value}, ${JSON.stringify(path)}); }`, {
      filename: PRELUDE_NAME,
    });
    project.starters.set(functionName, script);
  }
  return script;
}

type Start = (what: object, root: unknown, path: string[]) => void;
/** How the prelude calls out; it leaves its own way in here. */
type Door = HostCall & { start?: Start };

/** A context in which the prelude stands, and whom its calls reach just now. */
interface Stand {
  context: Record<string, unknown>;
  start: Start;
  call: HostCall;
}

function newStand(project: Project, call: HostCall): Stand {
  const door: Door = (method, argsJson) => stand.call(method, argsJson);
  // Without a prototype: the members of one of ours would be globals of the script.
  const globals = Object.assign(Object.create(null) as Record<string, unknown>, { __call: door });
  const stand: Stand = {
    // Microtasks run when a script has been evaluated: promises settle, timers do not exist.
    context: createContext(globals, { microtaskMode: 'afterEvaluate' }) as Record<string, unknown>,
    start: () => {},
    call,
  };
  for (const script of project.prelude) script.runInContext(stand.context);
  stand.start = door.start as Start;
  return stand;
}

function enter(project: Project, what: Invocation, { context, start }: Stand): void {
  const argsJson = JSON.stringify(what.args);
  context.__go = (root: unknown, path: string[]) => start({ ...what, argsJson }, root, path);
  starter(project, what.functionName).runInContext(context);
}

/**
 * Evaluates everything afresh and calls the function. What came of it arrives at `call` as `execution.end`.
 * Throws only what ended evaluation itself: an error of the add-on's top level, or a time-out.
 *
 * @param computeLimitMs real milliseconds; Infinity when whoever calls watches over it.
 */
export function runInContext(project: Project, what: Invocation, call: HostCall, computeLimitMs: number): void {
  const stand = newStand(project, call);
  const { context } = stand;
  context.__enter = () => {
    for (const file of project.files) file.script.runInContext(context);
    enter(project, what, stand);
  };
  // One watch over all of it: each costs a thread of its own.
  ENTER.runInContext(context, Number.isFinite(computeLimitMs) ? { timeout: computeLimitMs } : {});
}

/**
 * Contexts in which the add-on's files stay evaluated from one execution to the next: many times faster, and not what
 * Google does. What an add-on leaves in its globals is seen by the next execution; whoever uses these compares what came
 * of it with fresh contexts.
 */
export class KeptContexts {
  private readonly idle: Stand[] = [];

  constructor(private readonly project: Project) {}

  /** As runInContext, without a watch. `isWhole` says afterwards whether the context is as good as before. */
  run(what: Invocation, call: HostCall, isWhole: () => boolean): void {
    const stand = this.idle.pop() ?? this.evaluated(call);
    stand.call = call;
    enter(this.project, what, stand);
    if (isWhole()) this.idle.push(stand);
  }

  private evaluated(call: HostCall): Stand {
    const stand = newStand(this.project, call);
    for (const file of this.project.files) file.script.runInContext(stand.context);
    return stand;
  }
}

/** Calls `work`, which may use contexts without a watch of their own. Throws when it computes on and on. */
export function watched<T>(limitMs: number, work: () => T): T {
  let done: { value: T } | undefined;
  const context = createContext({
    work: () => {
      done = { value: work() };
    },
  });
  WORK.runInContext(context, { timeout: limitMs });
  return (done as unknown as { value: T }).value;
}

/** Lines of a stack that name the add-on's own files. */
export function ownStack(stack: string, project: Project): string {
  const [head = '', ...lines] = stack.split('\n    at ');
  const own = lines.filter((line) => project.files.some(({ name }) => line.includes(`${name}:`)));
  return [head, ...own].join('\n    at ');
}
