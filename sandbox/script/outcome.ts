/** Turns how an execution ended into what its caller gets. */
import type { Json } from '../world/json';
import { ownStack, type Project } from './context';
import { type Execution, type ExecutionResult, TIME_LIMIT } from './execution';

function isTimeout(problem: unknown): boolean {
  return (problem as { code?: unknown } | undefined)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/**
 * @param problem what ended evaluation itself: an error of the add-on's top level (of the script's realm or already
 *   plain), a time-out, or undefined.
 */
export function outcomeOf(execution: Execution, problem: unknown, project: Project): ExecutionResult {
  if (isTimeout(problem)) execution.kill(TIME_LIMIT);
  if (execution.dead !== undefined) return { ok: false, killed: execution.dead };
  if (problem !== undefined) {
    const { name, message, stack } = problem as Partial<Error>;
    return failure(name ?? 'Error', message ?? String(problem), stack, project);
  }
  const reported = execution.reported;
  // A promise that never settles: the execution just ends.
  if (reported === undefined) return { ok: true, value: null };
  if (reported.ok) return { ok: true, value: JSON.parse(reported.valueJson) as Json };
  const result = failure(reported.name, reported.message, reported.stack, project);
  return reported.details === undefined ? result : { ...result, details: reported.details };
}

function failure(name: string, message: string, stack: string | undefined, project: Project) {
  return { ok: false as const, name, message, ...(stack !== undefined && { stack: ownStack(stack, project) }) };
}
