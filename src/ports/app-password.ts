/**
 * Port: a login and an app password of each person's own, for services that know no consent in a browser.
 *
 * App password: one that the person makes at the service for this add-on alone, and can take back there.
 */
import type { Account } from './oauth';

export interface AppPassword {
  kind: 'app-password';
  /** https address that answers 200 to the right pair and 401 to a wrong one. Asked when a pair is entered. */
  checkUrl: string;
  /** https address at which DELETE ends the app password that goes with it, if the service has one. */
  endUrl?: string;
  /** Sent with both. */
  headers?: Readonly<Record<string, string>>;
  /** https address where a person makes an app password, in their browser. */
  makeUrl: string;
  /** Whose it is, from the JSON at `checkUrl`. Left out, or undefined: the login name tells. */
  account?(said: Readonly<Record<string, unknown>>): Account | undefined;
}

export interface LoginPair {
  user: string;
  password: string;
}

/**
 * `refused`: the service does not take the pair. `failed`: nobody knows, it gave no usable answer. `busy`: a sync is
 * running. In none of these is anything kept.
 */
export type Entered = 'connected' | 'refused' | 'failed' | 'busy';
