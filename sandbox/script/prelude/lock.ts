/**
 * LockService. Each get…Lock() makes a Lock object of its own; the host decides whether two of them contend.
 * Source: developers.google.com/apps-script/reference/lock
 */
import { call, exception, mismatch } from './host';
import { simulated } from './net';

type Lock = GoogleAppsScript.Lock.Lock;

let made = 0;

function lock(scope: 'script' | 'user'): Lock {
  const object = ++made;
  const tryLock = (args: [number?]): boolean => {
    if (typeof args[0] !== 'number') throw mismatch('LockService.Lock.tryLock', args);
    return call<boolean>('lock.tryLock', scope, object, args[0]);
  };
  return simulated<Lock>('Lock', {
    tryLock: (...args: [number?]) => tryLock(args),
    waitLock(...args: [number?]) {
      if (tryLock(args)) return;
      throw exception('Lock timeout: another process was holding the lock for too long.');
    },
    hasLock: () => call<boolean>('lock.hasLock', scope, object),
    releaseLock: () => call('lock.releaseLock', scope, object),
  });
}

export function lockService(): GoogleAppsScript.Lock.LockService {
  return simulated<GoogleAppsScript.Lock.LockService>('LockService', {
    getUserLock: () => lock('user'),
    getScriptLock: () => lock('script'),
    // A standalone script has no document. The published type says it cannot be null; the platform says null.
    getDocumentLock: () => null as unknown as Lock,
  });
}
