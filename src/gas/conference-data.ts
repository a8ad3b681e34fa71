/**
 * Builds Calendar's ConferenceData within the builder's limits, whatever the provider sent.
 *
 * The builder's setters throw on a value that is too long. A join link that does not fit, or is no https link, is no
 * conference; everything else that does not fit is left out.
 *
 * Google: https://developers.google.com/apps-script/reference/conference-data
 */
import { stampParameters } from '../core/stamp';
import type { CreateResult } from '../ports/people';
import type { Conference, PhoneNumber } from '../ports/provider';
import { signedLink } from './link-token';

const MAX_URI_CHARS = 1_300;
const MAX_CODE_CHARS = 128;
const MAX_NOTES_CHARS = 2_048;
const MAX_ID_CHARS = 512;
const MAX_AUTHENTICATION_URL_CHARS = 1_800;
/** Calendar shows the first two; more are of use to nobody. */
const MAX_PHONES = 10;

export function conferenceDataOf(result: CreateResult): GoogleAppsScript.Conference_Data.ConferenceData {
  if (result.kind === 'failed') {
    return failure(result.error, result.error === 'AUTHENTICATION' ? result.connectUrl : undefined);
  }
  const { conference, stamp } = result;
  const { joinUrl, token } = conference;
  const link = token === undefined ? joinUrl : signedLink(joinUrl, token);
  if (link === undefined || !/^https:\/\//.test(link) || link.length > MAX_URI_CHARS) return failure('PERMANENT');
  const data = ConferenceDataService.newConferenceDataBuilder()
    .setConferenceId(conference.id.slice(0, MAX_ID_CHARS))
    .addEntryPoint(videoEntry(link, conference));
  for (const phone of (conference.phones ?? []).slice(0, MAX_PHONES)) {
    const entry = phoneEntry(phone);
    if (entry !== undefined) data.addEntryPoint(entry);
  }
  for (const { key, value } of stampParameters(stamp)) {
    data.addConferenceParameter(ConferenceDataService.newConferenceParameter().setKey(key).setValue(value));
  }
  if (conference.notes) data.setNotes(escapeHtml(conference.notes).slice(0, MAX_NOTES_CHARS));
  return data.build();
}

function videoEntry(link: string, conference: Conference): GoogleAppsScript.Conference_Data.EntryPoint {
  const entry = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.VIDEO)
    .setUri(link);
  if (fits(conference.meetingCode)) entry.setMeetingCode(conference.meetingCode);
  if (fits(conference.passcode)) entry.setPasscode(conference.passcode);
  return entry;
}

function phoneEntry(phone: PhoneNumber): GoogleAppsScript.Conference_Data.EntryPoint | undefined {
  const digits = phone.number.replace(/[^\d+]/g, '');
  if (!/^\+?\d{3,}$/.test(digits)) return undefined;
  const entry = ConferenceDataService.newEntryPoint()
    .setEntryPointType(ConferenceDataService.EntryPointType.PHONE)
    .setUri(`tel:${digits}`);
  if (phone.region && /^[A-Z]{2}$/.test(phone.region)) entry.setRegionCode(phone.region);
  if (fits(phone.pin)) entry.setPin(phone.pin);
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

function fits(code: string | undefined): code is string {
  return code !== undefined && code !== '' && code.length <= MAX_CODE_CHARS;
}

/** Notes may hold HTML; a provider's text is shown as text. */
function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
