/**
 * Builds Calendar's ConferenceData, for a create, and the same as the Calendar API writes it, for a repair.
 *
 * The builder's setters throw on a value that is too long; nothing that is shown is.
 *
 * Google: https://developers.google.com/apps-script/reference/conference-data
 */
import { stampParameters } from '../core/stamp';
import type { ConferenceBlock } from '../ports/calendar';
import type { CreateResult } from '../ports/people';
import { type ShownConference, shownConference } from './shown-conference';

const MAX_AUTHENTICATION_URL_CHARS = 1_800;

export function conferenceDataOf(result: CreateResult): GoogleAppsScript.Conference_Data.ConferenceData {
  if (result.kind === 'failed') {
    return failure(result.error, result.error === 'AUTHENTICATION' ? result.connectUrl : undefined);
  }
  const shown = shownConference(result.conference);
  if (shown === undefined) return failure('PERMANENT');
  const data = ConferenceDataService.newConferenceDataBuilder()
    .setConferenceId(shown.id)
    .addEntryPoint(videoEntry(shown.video));
  for (const phone of shown.phones) data.addEntryPoint(phoneEntry(phone));
  for (const { key, value } of stampParameters(result.stamp)) {
    data.addConferenceParameter(ConferenceDataService.newConferenceParameter().setKey(key).setValue(value));
  }
  if (shown.notes !== undefined) data.setNotes(shown.notes);
  return data.build();
}

/**
 * As the API takes it; undefined when people cannot join the conference. A patch is merged into what is there, so that what is
 * not to stay is said to be null: notes, and Google's signature of the old conference.
 */
export function conferenceJsonOf(
  { conference, stamp }: ConferenceBlock,
  solution: { name: string; logoUrl: string },
): Record<string, unknown> | undefined {
  const shown = shownConference(conference);
  if (shown === undefined) return undefined;
  const parameters = Object.fromEntries(stampParameters(stamp).map(({ key, value }) => [key, value]));
  return {
    conferenceId: shown.id,
    conferenceSolution: { key: { type: 'addOn' }, name: solution.name, iconUri: solution.logoUrl },
    entryPoints: [
      { entryPointType: 'video', ...shown.video },
      ...shown.phones.map((phone) => ({ entryPointType: 'phone', ...phone })),
    ],
    parameters: { addOnParameters: { parameters } },
    notes: shown.notes ?? null,
    signature: null,
  };
}

function videoEntry(video: ShownConference['video']): GoogleAppsScript.Conference_Data.EntryPoint {
  const entry = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri(video.uri);
  if (video.meetingCode !== undefined) entry.setMeetingCode(video.meetingCode);
  if (video.passcode !== undefined) entry.setPasscode(video.passcode);
  return entry;
}

function phoneEntry(phone: ShownConference['phones'][number]): GoogleAppsScript.Conference_Data.EntryPoint {
  const entry = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.PHONE)
    .setUri(phone.uri);
  if (phone.regionCode !== undefined) entry.setRegionCode(phone.regionCode);
  if (phone.pin !== undefined) entry.setPin(phone.pin);
  return entry;
}

function failure(
  error: Extract<CreateResult, { kind: 'failed' }>['error'],
  connectUrl?: string,
): GoogleAppsScript.Conference_Data.ConferenceData {
  // A cut address leads nowhere: the home card's button is not bound to a length.
  const tooLong = error === 'AUTHENTICATION' && (connectUrl ?? '').length > MAX_AUTHENTICATION_URL_CHARS;
  const type = ConferenceDataService.ConferenceErrorType[tooLong ? 'PERMISSION_DENIED' : error];
  const described = ConferenceDataService.newConferenceError().setConferenceErrorType(type);
  if (connectUrl !== undefined && !tooLong) described.setAuthenticationUrl(connectUrl);
  return ConferenceDataService.newConferenceDataBuilder().setError(described).build();
}
