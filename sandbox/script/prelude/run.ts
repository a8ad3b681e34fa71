/**
 * Calls the add-on's function and hands what came of it to the host as JSON.
 *
 * Knows nothing of time limits: the host ends an execution by refusing every further call.
 */
import { asJson } from './built';
import { beginChance } from './clock';
import { call } from './host';

/** What the host's starter script passes in; agreed with context.ts of the host. */
export interface Start {
  functionName: string;
  /** The arguments as text, so that they are made in this context. */
  argsJson: string;
  /** The argument's authMode becomes the enum value. */
  isTrigger: boolean;
}

function failed(error: unknown): void {
  const thrown = (typeof error === 'object' && error !== null ? error : {}) as Partial<Error>;
  call('execution.end', {
    ok: false,
    name: String(thrown.name ?? 'Error'),
    message: String(thrown.message ?? error),
    ...(typeof thrown.stack === 'string' && { stack: thrown.stack }),
    ...('details' in thrown && { details: (thrown as { details: unknown }).details }),
  });
}

function ended(value: unknown): void {
  call('execution.end', { ok: true, valueJson: asJson(value) });
}

/**
 * @param root the value of the first identifier of the function's name; undefined when there is none.
 * @param path the rest of a dotted name.
 */
export function start(what: Start, root: unknown, path: string[]): void {
  beginChance();
  let owner: unknown;
  let target = root;
  for (const step of path) {
    owner = target;
    target = (target as Record<string, unknown> | undefined)?.[step];
  }
  if (typeof target !== 'function') {
    failed(new Error(`Script function not found: ${what.functionName}`));
    return;
  }
  try {
    const args = JSON.parse(what.argsJson) as [{ authMode?: unknown }?];
    const [event] = args;
    if (what.isTrigger && typeof event === 'object' && event !== null) {
      const { ScriptApp } = globalThis as unknown as { ScriptApp: GoogleAppsScript.Script.ScriptApp };
      event.authMode = ScriptApp.AuthMode.FULL;
    }
    const value: unknown = target.apply(owner, args);
    if (value instanceof Promise) value.then(ended, failed);
    else ended(value);
  } catch (error) {
    failed(error);
  }
}
