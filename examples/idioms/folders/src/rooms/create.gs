const ROOMS = SERVER.rooms;

function createRoom({ eventData }) {
  const response = UrlFetchApp.fetch(ROOMS, {
    method: 'post',
    contentType: 'application/json',
    payload: JSON.stringify({ title: 'A room' }),
  });
  const { id, joinUrl } = JSON.parse(response);
  ScriptApp.newTrigger('followEvents').forUserCalendar(eventData.calendarId).onEventUpdated().create();
  const video = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri(joinUrl);
  const made = ConferenceDataService.newConferenceParameter().setKey('made').setValue(1);
  return ConferenceDataService.newConferenceDataBuilder()
    .setConferenceId(id)
    .addConferenceParameter(made)
    .addEntryPoint(video)
    .build();
}
