/** What a service throws: an exception that the script sees, or the end of its execution. */
import type { Json } from '../world/json';

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
