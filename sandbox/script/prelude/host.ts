/**
 * The one door out of the script's context: every effect of every Google service is a call through here.
 *
 * The host puts `__call` on the global object; it is taken off before the add-on's files are evaluated. Only text
 * crosses, so no object of the host's realm ever reaches the script, and errors are errors of the script's own realm.
 */
type HostCall = ((method: string, argsJson: string) => string) & { start?: unknown };

/** What the host throws, as JSON. */
interface Thrown {
  name: string;
  message: string;
  details?: unknown;
}
interface Answer {
  value?: unknown;
  throw?: Thrown;
}

const scope = globalThis as unknown as { __call?: HostCall };
const hostCall = scope.__call as HostCall;
delete scope.__call;

const { parse, stringify } = JSON;

/** Calls the host. The arguments must be JSON; the answer is built in this context. */
export function call<T = void>(method: string, ...args: unknown[]): T {
  const answer = parse(hostCall(method, stringify(args))) as Answer;
  if (answer.throw !== undefined) throw errorNamed(answer.throw.name, answer.throw.message, answer.throw.details);
  return answer.value as T;
}

/** Hands the host the function that begins an execution; no global name is needed for it. */
export function offerStart(start: unknown): void {
  hostCall.start = start;
}

/** An error as Apps Script services throw them: its class is Error, only its `name` tells. */
export function errorNamed(name: string, message: string, details?: unknown): Error {
  const error = new Error(message);
  Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true });
  if (details !== undefined) (error as Error & { details?: unknown }).details = details;
  return error;
}

/** The exception of every service but the advanced ones. */
export function exception(message: string): Error {
  return errorNamed('Exception', message);
}

/** Google's sentence for arguments of the wrong number or kind. */
export function mismatch(method: string, args: ArrayLike<unknown>): Error {
  const kinds = Array.from(args, kindOf).join(',');
  return exception(`The parameters (${kinds}) don't match the method signature for ${method}.`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'number[]';
  const kind = typeof value;
  return kind === 'object' || kind === 'function' ? 'Object' : kind[0]!.toUpperCase() + kind.slice(1);
}
