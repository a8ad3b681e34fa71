function createRoom(argument) {
  var builder = ConferenceDataService.newConferenceDataBuilder();
  if (!access().hasAccess()) {
    var error = ConferenceDataService.newConferenceError()
      .setConferenceErrorType(ConferenceDataService.ConferenceErrorType.AUTHENTICATION)
      .setAuthenticationUrl(access().getAuthorizationUrl());
    return builder.setError(error).build();
  }
  var response = UrlFetchApp.fetch(ROOMS_URL, { method: 'post', contentType: 'application/json', payload: '{"title":"Signed in"}' });
  ScriptApp.newTrigger('countChange').forUserCalendar(argument.eventData.calendarId).onEventUpdated().create();
  var video = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri(JSON.parse(response).joinUrl);
  // No id is set: the link is all that this service knows of a room.
  return builder.addEntryPoint(video).build();
}

function authCallback(request) {
  access().handleCallback(request);
  return HtmlService.createHtmlOutput('Signed in.');
}

function countChange() {
  var properties = PropertiesService.getUserProperties();
  properties.setProperty('changes', Number(properties.getProperty('changes')) + 1);
}

function showHome() {
  return CardService.newCardBuilder().setHeader(CardService.newCardHeader().setTitle('Signed-in rooms')).build();
}
