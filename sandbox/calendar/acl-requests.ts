/**
 * acl.*: who may do what with a calendar. Source: /workspace/calendar/api/v3/reference/acl.
 *
 * Any change kills the sync tokens of those it concerns. A deleted rule stays as one of role none. Its own sync
 * tokens, groups and writerWithoutPrivateAccess are not simulated.
 */
import type { JsonObject } from '../world/json';
import { NotSimulated } from '../world/not-simulated';
import { openCalendar } from './access';
import type { AclRecord, CalendarStore } from './calendar-store';
import { readBody } from './event-fields';
import type { Given } from './params';
import { refuse } from './refusal';
import { etagOf } from './row';
import type { Role } from './types';

const ROLES = ['none', 'freeBusyReader', 'reader', 'writer', 'owner'];
const SCOPES = ['default', 'user', 'group', 'domain'];

export class AclRequests {
  constructor(private readonly calendars: CalendarStore) {}

  list(viewer: string, given: Given): JsonObject {
    if (given.syncToken !== undefined || given.pageToken !== undefined) {
      throw new NotSimulated('acl.list with a sync or page token');
    }
    const { calendar } = openCalendar(this.calendars, viewer, given.calendarId as string, 'writer');
    const rules = this.calendars.acl(calendar.id).filter((rule) => given.showDeleted === true || rule.role !== 'none');
    const newest = rules.reduce((most, rule) => Math.max(most, rule.version), 0);
    return { kind: 'calendar#acl', etag: etagOf(newest), items: rules.map(resource) };
  }

  get(viewer: string, given: Given): JsonObject {
    return resource(this.rule(viewer, given, 'writer'));
  }

  insert(viewer: string, given: Given, body: unknown): JsonObject {
    const { calendar } = openCalendar(this.calendars, viewer, given.calendarId as string, 'owner');
    const wanted = readBody(body);
    const scope = readScope(wanted.scope as JsonObject | undefined);
    const id = scope.value === undefined ? scope.type : `${scope.type}:${scope.value}`;
    this.checkOwner(calendar, id);
    return resource(this.calendars.putRule({ calendarId: calendar.id, id, role: readRole(wanted.role), scope }));
  }

  change(viewer: string, given: Given, body: unknown): JsonObject {
    const rule = this.rule(viewer, given, 'owner');
    const { role } = readBody(body);
    this.checkOwner(this.calendars.calendar(rule.calendarId)!, rule.id);
    return resource(this.calendars.putRule({ ...rule, role: role === undefined ? rule.role : readRole(role) }));
  }

  delete(viewer: string, given: Given): void {
    const rule = this.rule(viewer, given, 'owner');
    this.checkOwner(this.calendars.calendar(rule.calendarId)!, rule.id);
    this.calendars.putRule({ ...rule, role: 'none' });
  }

  private rule(viewer: string, given: Given, need: Role): AclRecord {
    const { calendar } = openCalendar(this.calendars, viewer, given.calendarId as string, need);
    const rule = this.calendars.aclRule(calendar.id, (given.ruleId as string).toLowerCase());
    if (rule === undefined) throw refuse.notFound();
    return rule;
  }

  /** The data owner keeps the calendar. */
  private checkOwner(calendar: { owner: string }, ruleId: string): void {
    if (ruleId === `user:${calendar.owner}`) {
      throw refuse.cannotChangeOwnAcl();
    }
  }
}

function readRole(role: unknown): Role {
  if (role === 'writerWithoutPrivateAccess') throw new NotSimulated('acl role writerWithoutPrivateAccess');
  if (!ROLES.includes(role as string)) throw refuse.invalid('Invalid role value.');
  return role as Role;
}

function readScope(scope: JsonObject | undefined): { type: string; value?: string } {
  const type = scope?.type;
  if (type === undefined) throw refuse.required('Missing scope type.');
  if (!SCOPES.includes(type as string)) throw refuse.invalid('Invalid scope type.');
  if (type === 'group') throw new NotSimulated('acl scope group');
  if (type === 'default') return { type };
  if (typeof scope?.value !== 'string' || scope.value === '') throw refuse.invalid('Invalid scope value.');
  return { type: type as string, value: scope.value.toLowerCase() };
}

function resource(rule: AclRecord): JsonObject {
  return {
    kind: 'calendar#aclRule',
    etag: etagOf(rule.version),
    id: rule.id,
    scope: { ...rule.scope },
    role: rule.role,
  };
}
