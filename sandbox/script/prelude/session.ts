/**
 * Session. Addresses are '' unless the manifest asks for userinfo.email.
 * Source: developers.google.com/apps-script/reference/base/session
 */
import { call } from './host';
import { simulated } from './net';

type User = GoogleAppsScript.Base.User;

export function session(): GoogleAppsScript.Base.Session {
  const user = (): User =>
    simulated<Pick<User, 'getEmail'>>('User', { getEmail: () => call<string>('session.email') }) as User;
  return simulated<Omit<GoogleAppsScript.Base.Session, 'getTimeZone' | 'getUser'>>('Session', {
    // In every execution we imitate the person who runs it is the person it runs as.
    getActiveUser: user,
    getEffectiveUser: user,
    getActiveUserLocale: () => call<string>('session.locale'),
    getScriptTimeZone: () => call<string>('session.timeZone'),
    getTemporaryActiveUserKey: () => call<string>('session.temporaryKey'),
  }) as GoogleAppsScript.Base.Session;
}
