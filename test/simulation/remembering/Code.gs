/** Counts its executions in a global: at Google every execution begins with 0. */
let executions = 0;

function createMeeting() {
  executions++;
  console.log(`execution ${executions}`);
  return ConferenceDataService.newConferenceDataBuilder().setError(
    ConferenceDataService.newConferenceError().setConferenceErrorType(ConferenceDataService.ConferenceErrorType.TEMPORARY),
  ).build();
}
