/**
 * What an Apps Script service is to the host: named methods over JSON.
 */
import type { Json } from '../world/json';
import type { Execution } from './execution';

/** Lets time pass inside a call; ends early when `until` comes true. */
export interface Wait {
  ms: number;
  until?: () => boolean;
  /** Work outside this process to wait for; only where `Execution.canWait`. */
  promise?: Promise<unknown>;
}
/** Work that lets time pass: the driver of the execution decides how. */
export type Steps<T> = Generator<Wait, T, void>;

export interface ServiceMethod {
  /** How the documentation names it, for the log and for refusals. */
  api: string;
  /** Pure computation: costs nothing, meets no fault, leaves no line in the log. */
  free?: boolean;
  /** Any one of these scopes allows it; absent: none is needed. */
  scopes?: readonly string[];
  run(execution: Execution, args: Json[]): Json | undefined | Steps<Json | undefined>;
  /** What to add to the line in the log; no values, tokens or titles. */
  note?(args: Json[], answer: Json | undefined): string;
}
export type Service = Record<string, ServiceMethod>;

/** An exception that the script sees; rebuilt inside its context. */
export class ScriptException extends Error {
  constructor(
    message: string,
    override readonly name = 'Exception',
    readonly details?: Json,
  ) {
    super(message);
  }
}

/** Ends the execution; the script never sees it. */
export class Killed extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'Killed';
  }
}

export function isSteps(value: unknown): value is Steps<Json | undefined> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value);
}
