/**
 * Which Calendar v3 method answers which verb and path. One row per method of Google's discovery document
 * (calendar v3, revision 20260519); the paths are its `path` values with `{x}` written `:x`.
 *
 * Guarantees: every method of the document has a row, also those the engine refuses as not simulated.
 */
export type HttpVerb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface GoogleRoute {
  verb: HttpVerb;
  /** Below SERVICE_PATH. */
  path: string;
  /** Discovery id without the `calendar.` prefix. */
  method: string;
}

/** The document's `servicePath`. */
export const SERVICE_PATH = '/calendar/v3';

/** The document's `batchPath`, and the older global one that some clients still use. */
export const BATCH_PATHS: readonly string[] = ['/batch/calendar/v3', '/batch'];

const TABLE = `
GET    /calendars/:calendarId/acl                        acl.list
POST   /calendars/:calendarId/acl                        acl.insert
POST   /calendars/:calendarId/acl/watch                  acl.watch
GET    /calendars/:calendarId/acl/:ruleId                acl.get
PUT    /calendars/:calendarId/acl/:ruleId                acl.update
PATCH  /calendars/:calendarId/acl/:ruleId                acl.patch
DELETE /calendars/:calendarId/acl/:ruleId                acl.delete
GET    /users/me/calendarList                            calendarList.list
POST   /users/me/calendarList                            calendarList.insert
POST   /users/me/calendarList/watch                      calendarList.watch
GET    /users/me/calendarList/:calendarId                calendarList.get
PUT    /users/me/calendarList/:calendarId                calendarList.update
PATCH  /users/me/calendarList/:calendarId                calendarList.patch
DELETE /users/me/calendarList/:calendarId                calendarList.delete
POST   /calendars                                        calendars.insert
GET    /calendars/:calendarId                            calendars.get
PUT    /calendars/:calendarId                            calendars.update
PATCH  /calendars/:calendarId                            calendars.patch
DELETE /calendars/:calendarId                            calendars.delete
POST   /calendars/:calendarId/clear                      calendars.clear
POST   /channels/stop                                    channels.stop
GET    /colors                                           colors.get
GET    /calendars/:calendarId/events                     events.list
POST   /calendars/:calendarId/events                     events.insert
POST   /calendars/:calendarId/events/import              events.import
POST   /calendars/:calendarId/events/quickAdd            events.quickAdd
POST   /calendars/:calendarId/events/watch               events.watch
GET    /calendars/:calendarId/events/:eventId            events.get
PUT    /calendars/:calendarId/events/:eventId            events.update
PATCH  /calendars/:calendarId/events/:eventId            events.patch
DELETE /calendars/:calendarId/events/:eventId            events.delete
GET    /calendars/:calendarId/events/:eventId/instances  events.instances
POST   /calendars/:calendarId/events/:eventId/move       events.move
POST   /freeBusy                                         freebusy.query
GET    /users/me/settings                                settings.list
POST   /users/me/settings/watch                          settings.watch
GET    /users/me/settings/:setting                       settings.get
`;

export const GOOGLE_ROUTES: readonly GoogleRoute[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [verb, path, method] = line.split(/\s+/) as [HttpVerb, string, string];
    return { verb, path, method };
  });
