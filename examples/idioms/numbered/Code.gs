/** Each room has a number to dial, which the server sends as text and this add-on keeps as a number. */

var ROOMS = 'https://meet.example.com/v1/conferences';

function openRoom(argument) {
  var room = JSON.parse(
    UrlFetchApp.fetch(ROOMS, { method: 'post', contentType: 'application/json', payload: '{"title":"A numbered room"}' }).getContentText(),
  );
  watch(argument.eventData.calendarId);
  var types = ConferenceDataService.EntryPointType;
  var builder = ConferenceDataService.newConferenceDataBuilder()
    .setConferenceId(room.id)
    .addEntryPoint(ConferenceDataService.newEntryPoint().setEntryPointType(types.VIDEO).setUri(room.joinUrl));
  room.dialIn.forEach(function (line) {
    var phone = ConferenceDataService.newEntryPoint().setEntryPointType(types.PHONE).setUri('tel:' + line.number);
    builder.addEntryPoint(phone.setPin(Number(line.pin)));
  });
  return builder.build();
}

function watch(calendarId) {
  var isWatched = ScriptApp.getProjectTriggers().some(function (trigger) {
    return trigger.getHandlerFunction() === 'noteChange';
  });
  if (!isWatched) ScriptApp.newTrigger('noteChange').forUserCalendar(calendarId).onEventUpdated().create();
}

function noteChange(event) {
  PropertiesService.getUserProperties().setProperty('changed', event.calendarId);
}
