/**
 * Capabilities: what a provider can keep and do. They drive everything; no provider is special-cased in the core.
 */
import type { MeetingField } from './meeting';

export interface Capabilities {
  /** The fields of a meeting the provider keeps. A change of any other field costs no call. */
  keeps: readonly MeetingField[];
  /** `none`: the conference has no server state to change; updates are not even planned. */
  update: 'patch' | 'none';
  /** `none`: a conference cannot be ended by us; the binding is dropped and the conference left to expire. */
  cancel: 'yes' | 'none';
  /**
   * Can one occurrence of a series be moved and cancelled on its own? `keeps-until-rescheduled`: yes, but a change of the
   * series' time or rule takes all such changes back, and they have to be told again.
   */
  occurrences: 'keeps' | 'keeps-until-rescheduled' | 'none';
  /** `key`: repeating a create with the same idempotency key gives the same conference. */
  idempotency: 'key' | 'none';
  /** The provider can be asked what it shows of a meeting (`read` of a provider). */
  reads?: true;
  /** How many creates and updates one user may ask for in a day (UTC); reading and ending cost nothing. Left out: any number. */
  dailyRequests?: number;
}

export function keptFields(capabilities: Capabilities): ReadonlySet<MeetingField> {
  return new Set(capabilities.update === 'none' ? [] : capabilities.keeps);
}
