/**
 * LockService. A lock is held by one Lock object of one execution and is let go when the execution ends or dies.
 *
 * Whether a second Lock object of the same execution contends with the first is a switch. Locks are not durable: no
 * execution outlives the process that holds them.
 */
import type { Json } from '../../world/json';
import { ScriptException } from '../exceptions';
import type { Caller, Service, Steps } from '../service';

interface Holder {
  executionId: string;
  object: number;
}

export class Locks {
  private readonly holders = new Map<string, Holder>();

  /** Lets go of all that an execution holds. */
  releaseAll(executionId: string): void {
    for (const [name, holder] of this.holders) if (holder.executionId === executionId) this.holders.delete(name);
  }

  holder(name: string): Holder | undefined {
    return this.holders.get(name);
  }

  take(name: string, holder: Holder): void {
    this.holders.set(name, holder);
  }

  release(name: string): void {
    this.holders.delete(name);
  }
}

function nameOf(execution: Caller, args: Json[]): string {
  return args[0] === 'user' ? `user/${execution.user}` : 'script';
}

export function lockService(locks: Locks): Service {
  const holds = (execution: Caller, args: Json[]): boolean => {
    const holder = locks.holder(nameOf(execution, args));
    if (holder?.executionId !== execution.id) return false;
    return holder.object === args[1] || !execution.runtime.switches.lockObjectsContend;
  };
  const isFree = (execution: Caller, args: Json[]): boolean => {
    return locks.holder(nameOf(execution, args)) === undefined || holds(execution, args);
  };
  function* tryLock(execution: Caller, args: Json[]): Steps<boolean> {
    const timeoutMs = args[2] as number;
    if (!(timeoutMs >= 0)) throw new ScriptException('Argument is out of range: timeoutInMillis');
    if (!isFree(execution, args)) yield* execution.spend(timeoutMs, () => isFree(execution, args));
    if (!isFree(execution, args)) return false;
    locks.take(nameOf(execution, args), { executionId: execution.id, object: args[1] as number });
    return true;
  }
  return {
    'lock.tryLock': {
      api: 'LockService.tryLock',
      run: tryLock,
      note: (args, answer) => `${args[0]} -> ${answer ? 'held' : 'busy'}`,
    },
    'lock.hasLock': { api: 'LockService.hasLock', run: holds },
    'lock.releaseLock': {
      api: 'LockService.releaseLock',
      run(execution, args) {
        if (holds(execution, args)) locks.release(nameOf(execution, args));
        return undefined;
      },
      note: (args) => String(args[0]),
    },
  };
}
