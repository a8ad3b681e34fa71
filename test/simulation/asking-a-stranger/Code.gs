/** Asks a host that no sandbox has, as an add-on for a provider of one's own would. */
function createMeeting() {
  const type = ConferenceDataService.ConferenceErrorType.TEMPORARY;
  try {
    UrlFetchApp.fetch('https://api.stranger.example/v1/rooms', { method: 'post' });
  } catch (problem) {
    console.log(String(problem));
  }
  return ConferenceDataService.newConferenceDataBuilder()
    .setError(ConferenceDataService.newConferenceError().setConferenceErrorType(type))
    .build();
}
