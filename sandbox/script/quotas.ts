/**
 * Daily allowances per user. A window runs 24 hours from its first use (quotas page).
 *
 * Kept in memory while an execution runs and written once at its end, so that the store of records sees one change.
 */
import type { Clock } from '../world/clock';
import type { Records } from '../world/records';
import { ScriptException } from './exceptions';
import {
  type AccountType,
  PROPERTY_OPERATIONS_PER_DAY,
  QUOTA_WINDOW_MS,
  TRIGGER_TIME_PER_DAY_MS,
  URL_FETCHES_PER_DAY,
} from './limits';

export type Allowance = 'propertyOperations' | 'urlFetches' | 'triggerMs';
const PER_DAY: Record<Allowance, Readonly<Record<AccountType, number>>> = {
  propertyOperations: PROPERTY_OPERATIONS_PER_DAY,
  urlFetches: URL_FETCHES_PER_DAY,
  triggerMs: TRIGGER_TIME_PER_DAY_MS,
};
/** Wording: the form is documented, the service's name in it observed. */
const REFUSALS: Record<Allowance, string> = {
  propertyOperations: 'Service invoked too many times for one day: properties.',
  urlFetches: 'Service invoked too many times for one day: urlfetch.',
  triggerMs: 'Service using too much computer time for one day.',
};

interface Usage {
  windowStartMs: number;
  propertyOperations: number;
  urlFetches: number;
  triggerMs: number;
}

export class Quotas {
  private readonly usage = new Map<string, Usage>();
  private readonly changed = new Set<string>();

  constructor(
    private readonly deps: { records: Records; clock: Clock },
    private readonly scriptId: string,
  ) {}

  accountType(user: string): AccountType {
    return this.deps.records.get<AccountType>(`script.account/${this.scriptId}`, user) ?? 'consumer';
  }

  setAccountType(user: string, type: AccountType): void {
    this.deps.records.put(`script.account/${this.scriptId}`, user, type);
  }

  /** Uses some of an allowance. Throws what Apps Script throws when it is gone. */
  use(user: string, allowance: Allowance, amount = 1): void {
    const usage = this.current(user);
    if (usage[allowance] + amount > PER_DAY[allowance][this.accountType(user)]) {
      throw new ScriptException(REFUSALS[allowance]);
    }
    usage[allowance] += amount;
    this.changed.add(user);
  }

  /** Adds time that triggers took; it may pass the limit, the next one is then refused. */
  addTriggerTime(user: string, ms: number): void {
    this.current(user).triggerMs += ms;
    this.changed.add(user);
  }

  /** Google's sentence when the user's trigger time is used up, or undefined. */
  triggerTimeRefusal(user: string): string | undefined {
    const isUsedUp = this.current(user).triggerMs >= PER_DAY.triggerMs[this.accountType(user)];
    return isUsedUp ? REFUSALS.triggerMs : undefined;
  }

  /** What the user has used since the window began. */
  used(user: string): Readonly<Record<Allowance, number>> {
    return { ...this.current(user) };
  }

  /** Makes what changed durable. */
  save(): void {
    for (const user of this.changed) this.deps.records.put(this.kind, user, { ...this.current(user) });
    this.changed.clear();
  }

  private get kind(): string {
    return `script.quota/${this.scriptId}`;
  }

  private current(user: string): Usage {
    const nowMs = this.deps.clock.nowMs();
    let usage = this.usage.get(user);
    if (usage === undefined) {
      const stored = this.deps.records.get<Usage>(this.kind, user);
      if (stored !== undefined) usage = { ...stored };
    }
    if (usage === undefined || nowMs - usage.windowStartMs >= QUOTA_WINDOW_MS) {
      usage = { windowStartMs: nowMs, propertyOperations: 0, urlFetches: 0, triggerMs: 0 };
    }
    this.usage.set(user, usage);
    return usage;
  }
}
