/**
 * Following a calendar: a trigger on it, and a list of what has changed whenever the trigger fires.
 */

const SOLUTION_NAME = 'Documented Room';
const TOKEN_PROPERTY = 'syncToken';
const TOKEN_REFUSED = 'Sync token is no longer valid, a full sync is required.';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Once per conference created: a trigger if the calendar has none, and a first sync. */
function startFollowing(calendarId) {
  const followed = ScriptApp.getProjectTriggers().some((trigger) => trigger.getTriggerSourceId() === calendarId);
  if (!followed) ScriptApp.newTrigger('syncEvents').forUserCalendar(calendarId).onEventUpdated().create();
  syncEvents({ calendarId });
}

/** The trigger's handler. */
function syncEvents(e) {
  const properties = PropertiesService.getUserProperties();
  const token = properties.getProperty(TOKEN_PROPERTY);
  const options = token ? { syncToken: token } : recentAndUpcoming();
  let page;
  do {
    try {
      page = Calendar.Events.list(e.calendarId, options);
    } catch (thrown) {
      // REPAIR: the server's sentence comes with words of Apps Script's own before it, so it is looked for inside the
      // message. Compared as a whole it never matches, and the expired token stays for ever.
      if (!thrown.message.includes(TOKEN_REFUSED)) throw new Error(thrown.message);
      properties.deleteProperty(TOKEN_PROPERTY);
      return syncEvents(e);
    }
    for (const event of page.items) {
      if (hasOurConference(event)) tellServer(event);
    }
    options.pageToken = page.nextPageToken;
  } while (page.nextPageToken);
  // REPAIR: a list in an order of its own may end without a token, and a property cannot hold nothing. Without this
  // guard the exception would reach createConference, and no room would ever be shown.
  if (page.nextSyncToken) properties.setProperty(TOKEN_PROPERTY, page.nextSyncToken);
}

/** What is listed without a token: what was changed within a day and is not over yet. */
function recentAndUpcoming() {
  const now = new Date();
  return {
    timeMin: now.toISOString(),
    updatedMin: new Date(now.getTime() - DAY_MS).toISOString(),
    orderBy: 'updated',
    maxResults: 50,
  };
}

function hasOurConference(event) {
  // REPAIR: most events, and every deleted one, come without a conference. Unguarded, the first of them ends the run
  // with a TypeError.
  if (!event.conferenceData || !event.conferenceData.conferenceSolution) return false;
  return event.conferenceData.conferenceSolution.name === SOLUTION_NAME;
}

function tellServer(event) {
  const roomId = event.conferenceData.conferenceId;
  // REPAIR: the negation. Without it every event that has the conference would count as one that lost it, and each
  // edit would close the room.
  if (event.status === 'cancelled' || !hasOurConference(event)) closeRoom(roomId);
  else updateRoom(roomId, event);
}
