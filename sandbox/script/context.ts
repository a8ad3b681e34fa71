/**
 * One execution's context: a bare V8 context, the prelude, the add-on's files, one function called.
 *
 * Used in this thread and in workers alike; knows only text and the one function by which a script calls out. Nothing
 * outlives the call. node:vm is no security boundary: the sandbox runs its owner's own add-on.
 */
import { createContext, Script } from 'node:vm';

export interface ProjectSource {
  prelude: string;
  files: Array<{ name: string; source: string }>;
}

/** Compiled once, evaluated in every context. */
export interface Project {
  prelude: Script;
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

export function compileProject(source: ProjectSource): Project {
  return {
    prelude: new Script(source.prelude, { filename: PRELUDE_NAME }),
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

/**
 * Evaluates everything afresh and calls the function. What came of it arrives at `call` as `execution.end`.
 * Throws only what ended evaluation itself: an error of the add-on's top level, or a time-out.
 */
export function runInContext(project: Project, what: Invocation, call: HostCall, computeLimitMs: number): void {
  // Microtasks run when a script has been evaluated: promises settle, timers do not exist.
  const door: HostCall & { start?: Start } = (method, argsJson) => call(method, argsJson);
  const context = createContext({ __call: door }, { microtaskMode: 'afterEvaluate' }) as Record<string, unknown>;
  project.prelude.runInContext(context);
  const start = door.start as Start;
  const argsJson = JSON.stringify(what.args);
  context.__enter = () => {
    for (const file of project.files) file.script.runInContext(context);
    context.__go = (root: unknown, path: string[]) => start({ ...what, argsJson }, root, path);
    starter(project, what.functionName).runInContext(context);
  };
  // One watch over all of it: each costs a thread of its own.
  ENTER.runInContext(context, { timeout: computeLimitMs });
}

/** Lines of a stack that name the add-on's own files. */
export function ownStack(stack: string, project: Project): string {
  const [head = '', ...lines] = stack.split('\n    at ');
  const own = lines.filter((line) => project.files.some(({ name }) => line.includes(`${name}:`)));
  return [head, ...own].join('\n    at ');
}
