/**
 * Choosing the conference: asks the conference server for a room, has the calendar followed from now on, and answers
 * with what Calendar shows.
 */

/** The manifest names it as onCreateFunction. */
function createConference(arg) {
  const { calendarId, eventId } = arg.eventData;
  const room = askForRoom(eventOrPlaceholder(calendarId, eventId));
  if (room === null) {
    return ConferenceDataService.newConferenceDataBuilder()
      .setError(
        ConferenceDataService.newConferenceError().setConferenceErrorType(
          ConferenceDataService.ConferenceErrorType.TEMPORARY,
        ),
      )
      .build();
  }
  startFollowing(calendarId);
  return conferenceDataOf(room);
}

/** An event that is not saved yet cannot be read: the room then gets a title and no time. */
function eventOrPlaceholder(calendarId, eventId) {
  try {
    return Calendar.Events.get(calendarId, eventId);
  } catch (thrown) {
    return { summary: 'New meeting' };
  }
}

function conferenceDataOf(room) {
  const video = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri(room.joinUrl);
  const builder = ConferenceDataService.newConferenceDataBuilder().setConferenceId(room.id).addEntryPoint(video);
  for (const { number, pin, country } of room.dialIn) {
    builder.addEntryPoint(
      ConferenceDataService.newEntryPoint()
        .setEntryPointType(ConferenceDataService.EntryPointType.PHONE)
        .setUri(`tel:${number}`)
        .setRegionCode(country)
        .setPin(pin),
    );
  }
  return builder.build();
}
