/**
 * Accounts, calendars, access rules and calendar-list entries.
 *
 * An address names its owner's primary calendar. Ids and addresses are kept in lower case. Every change of access
 * moves an epoch, and a sync token of an older epoch is dead (/workspace/calendar/api/guides/sync).
 */
import type { JsonObject } from '../world/json';
import type { Records } from '../world/records';
import type { Role } from './types';

export interface AccountRecord {
  email: string;
  displayName?: string;
  timeZone: string;
}

export interface CalendarRecord {
  id: string;
  owner: string;
  primary: boolean;
  summary: string;
  description?: string;
  location?: string;
  timeZone: string;
  updatedMs: number;
  version: number;
  /** Sync tokens of an older epoch are dead, for every viewer. */
  epoch: number;
  /** Tombstones up to this change may be forgotten: older tokens are dead, and counting starts above it. */
  collectedTo: number;
}

export interface AclRecord {
  calendarId: string;
  id: string;
  role: Role;
  scope: { type: string; value?: string };
  version: number;
}

export interface EntryRecord {
  viewer: string;
  calendarId: string;
  version: number;
  /** What the viewer chose: colorId, selected, hidden, summaryOverride, defaultReminders... */
  chosen: JsonObject;
}

const ROLES: Role[] = ['none', 'freeBusyReader', 'reader', 'writer', 'owner'];

export function rank(role: Role): number {
  return ROLES.indexOf(role);
}

export class CalendarStore {
  private readonly rules = new Map<string, Map<string, AclRecord>>();
  private version: number;

  constructor(private readonly records: Records) {
    for (const [, rule] of records.entries<AclRecord>('calendar.acl')) this.rulesOf(rule.calendarId).set(rule.id, rule);
    this.version = records.get<number>('calendar.meta', 'version') ?? 0;
  }

  account(email: string): AccountRecord | undefined {
    return this.records.get('calendar.account', email);
  }

  accounts(): AccountRecord[] {
    return [...this.records.entries<AccountRecord>('calendar.account')].map(([, account]) => account);
  }

  putAccount(account: AccountRecord): void {
    this.records.put('calendar.account', account.email, account);
  }

  /** By its id, or by a former address that still answers. */
  calendar(id: string): CalendarRecord | undefined {
    const named = this.records.get<CalendarRecord>('calendar.calendar', id);
    const alias = named === undefined ? this.records.get<string>('calendar.alias', id) : undefined;
    return alias === undefined ? named : this.calendar(alias);
  }

  putAlias(former: string, address: string): void {
    this.records.put('calendar.alias', former, address);
  }

  removeAccount(email: string): void {
    this.records.remove('calendar.account', email);
    for (const rule of this.allRules()) if (rule.scope.value === email) this.dropRule(rule);
    for (const entry of this.entries()) if (entry.viewer === email) this.removeEntry(email, entry.calendarId);
  }

  /** The account, its primary calendar, and whatever names either, under another address. */
  renameAccount(former: string, address: string): void {
    const [account, calendar] = [this.account(former)!, this.calendar(former)!];
    const renamed = (id: string) => (id === former ? address : id);
    const rules = this.allRules().filter((rule) => rule.calendarId === former || rule.scope.value === former);
    const entries = this.entries().filter((entry) => entry.calendarId === former || entry.viewer === former);
    this.removeCalendar(former);
    this.removeAccount(former);
    this.putAccount({ ...account, email: address });
    this.putCalendar({ ...calendar, id: address, owner: address, summary: renamed(calendar.summary) });
    for (const { id } of this.calendars().filter(({ owner }) => owner === former)) {
      this.putCalendar({ ...this.calendar(id)!, owner: address });
    }
    for (const { calendarId, id, scope, ...rule } of rules) {
      const value = scope.value === undefined ? scope : { ...scope, value: renamed(scope.value) };
      const ruleId = id === `user:${former}` ? `user:${address}` : id;
      this.putRule({ ...rule, calendarId: renamed(calendarId), id: ruleId, scope: value });
    }
    for (const { viewer, calendarId, chosen } of entries) this.putEntry(renamed(viewer), renamed(calendarId), chosen);
  }

  calendars(): CalendarRecord[] {
    return [...this.records.entries<CalendarRecord>('calendar.calendar')].map(([, calendar]) => calendar);
  }

  putCalendar(calendar: Omit<CalendarRecord, 'version'>): CalendarRecord {
    const record = { ...calendar, version: this.nextVersion() };
    this.records.put('calendar.calendar', record.id, record);
    return record;
  }

  removeCalendar(id: string): void {
    this.records.remove('calendar.calendar', id);
    for (const rule of this.rulesOf(id).values()) this.records.remove('calendar.acl', `${id}/${rule.id}`);
    this.rules.delete(id);
    for (const entry of this.entries()) if (entry.calendarId === id) this.removeEntry(entry.viewer, id);
  }

  /** The best role any rule gives the viewer. */
  role(calendarId: string, viewer: string): Role {
    let best: Role = 'none';
    for (const rule of this.rules.get(calendarId)?.values() ?? []) {
      if (rank(rule.role) > rank(best) && concerns(rule, viewer)) best = rule.role;
    }
    return best;
  }

  acl(calendarId: string): AclRecord[] {
    return [...this.rulesOf(calendarId).values()];
  }

  aclRule(calendarId: string, ruleId: string): AclRecord | undefined {
    return this.rules.get(calendarId)?.get(ruleId);
  }

  /** Stores a rule and kills the sync tokens of everyone it concerns. */
  putRule(rule: Omit<AclRecord, 'version'>): AclRecord {
    const record = { ...rule, version: this.nextVersion() };
    this.rulesOf(rule.calendarId).set(rule.id, record);
    this.records.put('calendar.acl', `${rule.calendarId}/${rule.id}`, record);
    if (rule.scope.type === 'user' && rule.scope.value !== undefined) {
      const key = `${rule.calendarId}/${rule.scope.value}`;
      this.records.put('calendar.epoch', key, this.viewerEpoch(rule.calendarId, rule.scope.value) + 1);
    } else this.expireTokens(rule.calendarId);
    return record;
  }

  expireTokens(calendarId: string): void {
    const calendar = this.calendar(calendarId);
    if (calendar) this.records.put('calendar.calendar', calendarId, { ...calendar, epoch: calendar.epoch + 1 });
  }

  viewerEpoch(calendarId: string, viewer: string): number {
    return this.records.get<number>('calendar.epoch', `${calendarId}/${viewer}`) ?? 0;
  }

  entry(viewer: string, calendarId: string): EntryRecord | undefined {
    return this.records.get('calendar.entry', `${viewer}/${calendarId}`);
  }

  entries(): EntryRecord[] {
    return [...this.records.entries<EntryRecord>('calendar.entry')].map(([, entry]) => entry);
  }

  putEntry(viewer: string, calendarId: string, chosen: JsonObject): EntryRecord {
    const record = { viewer, calendarId, chosen, version: this.nextVersion() };
    this.records.put('calendar.entry', `${viewer}/${calendarId}`, record);
    return record;
  }

  removeEntry(viewer: string, calendarId: string): void {
    this.records.remove('calendar.entry', `${viewer}/${calendarId}`);
  }

  private allRules(): AclRecord[] {
    return [...this.rules.values()].flatMap((rules) => [...rules.values()]);
  }

  private dropRule({ calendarId, id }: AclRecord): void {
    this.rulesOf(calendarId).delete(id);
    this.records.remove('calendar.acl', `${calendarId}/${id}`);
  }

  private rulesOf(calendarId: string): Map<string, AclRecord> {
    let rules = this.rules.get(calendarId);
    if (rules === undefined) {
      rules = new Map();
      this.rules.set(calendarId, rules);
    }
    return rules;
  }

  private nextVersion(): number {
    this.records.put('calendar.meta', 'version', ++this.version);
    return this.version;
  }
}

function concerns(rule: AclRecord, viewer: string): boolean {
  const { type, value } = rule.scope;
  if (type === 'default') return true;
  if (type === 'domain') return value !== undefined && viewer.endsWith(`@${value}`);
  return type === 'user' && value === viewer;
}
