/** A conferencing add-on as small as one can be: five solutions, each with another manner of answering. */
import type { AddOn } from '../../../sandbox/script/add-on';

const SOURCE = `
function createRoom(arg) {
  var saved = true;
  try {
    Calendar.Events.get(arg.eventData.calendarId, arg.eventData.eventId);
  } catch (error) {
    saved = false;
  }
  var video = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri('https://meet.example.com/j/' + arg.eventData.eventId);
  return ConferenceDataService.newConferenceDataBuilder()
    .setConferenceId((saved ? 'saved-' : 'unsaved-') + arg.eventData.eventId)
    .addEntryPoint(video)
    .setNotes(Session.getEffectiveUser().getEmail())
    .build();
}

function createWatchedRoom(arg) {
  ScriptApp.newTrigger('countChange').forUserCalendar(arg.eventData.calendarId).onEventUpdated().create();
  return createRoom(arg);
}

function countChange() {
  var properties = PropertiesService.getUserProperties();
  properties.setProperty('changes', String(Number(properties.getProperty('changes')) + 1));
}

function askToSignIn() {
  var error = ConferenceDataService.newConferenceError()
    .setConferenceErrorType(ConferenceDataService.ConferenceErrorType.AUTHENTICATION)
    .setAuthenticationUrl('https://meet.example.com/login');
  return ConferenceDataService.newConferenceDataBuilder().setError(error).build();
}

function breakDown() {
  throw new Error('no rooms left');
}

function returnText() {
  return 'https://meet.example.com/j/x';
}
`;

const SOLUTIONS = [
  ['room', 'Rooms', 'createRoom'],
  ['watched', 'Watched rooms', 'createWatchedRoom'],
  ['login', 'Rooms with login', 'askToSignIn'],
  ['broken', 'Broken rooms', 'breakDown'],
  ['text', 'Rooms by text', 'returnText'],
];

export const ROOMS: AddOn = {
  scriptId: 'rooms-script',
  files: [{ name: 'Code.js', source: SOURCE }],
  manifest: {
    timeZone: 'Etc/UTC',
    runtimeVersion: 'V8',
    oauthScopes: [
      'https://www.googleapis.com/auth/calendar.addons.execute',
      'https://www.googleapis.com/auth/calendar.events.readonly',
      'https://www.googleapis.com/auth/userinfo.email',
      'https://www.googleapis.com/auth/script.scriptapp',
    ],
    dependencies: { enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }] },
    addOns: {
      common: { name: 'Rooms', logoUrl: 'https://example.com/logo.png' },
      calendar: {
        conferenceSolution: SOLUTIONS.map(([id, name, onCreateFunction]) => ({
          id: id as string,
          name: name as string,
          logoUrl: 'https://example.com/logo.png',
          onCreateFunction: onCreateFunction as string,
        })),
      },
    },
  },
};
