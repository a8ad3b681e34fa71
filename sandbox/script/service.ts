/**
 * What an Apps Script service is to the host: named methods over JSON.
 */
import type { Json } from '../world/json';
import type { Random } from '../world/random';
import type { Runtime } from './runtime';

/** Lets time pass inside a call; ends early when `until` comes true. */
export interface Wait {
  ms: number;
  until?: () => boolean;
  /** Work outside this process to wait for; only where `Caller.canWait`. */
  promise?: Promise<unknown>;
}
/** Work that lets time pass: the driver of the execution decides how. */
export type Steps<T> = Generator<Wait, T, void>;

/** Who calls: the execution, as far as services know it. */
export interface Caller {
  readonly id: string;
  readonly user: string;
  readonly random: Random;
  readonly runtime: Runtime;
  /** Whether its driver can wait for a promise; in process nobody can. */
  readonly canWait: boolean;
  /** Uses up time; throws Killed at the limit. */
  spend(ms: number, until?: () => boolean): Steps<void>;
  trace(kind: 'service' | 'fault' | 'log' | 'execution', text: string): void;
}

export interface ServiceMethod {
  /** How the documentation names it, for the log and for refusals. */
  api: string;
  /** Pure computation: costs nothing, meets no fault, leaves no line in the log. */
  free?: boolean;
  /** Any one of these scopes allows it; absent: none is needed. */
  scopes?: readonly string[];
  run(execution: Caller, args: Json[]): Json | undefined | Steps<Json | undefined>;
  /** What to add to the line in the log; no values, tokens or titles. */
  note?(args: Json[], answer: Json | undefined): string;
}
export type Service = Record<string, ServiceMethod>;

export function isSteps(value: unknown): value is Steps<Json | undefined> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value && !Array.isArray(value);
}
