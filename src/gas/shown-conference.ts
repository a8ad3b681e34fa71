/**
 * What Calendar shows of a conference, within the limits of its events, whatever the provider sent.
 *
 * A join link that does not fit, or is none (core/join-link.ts), is no conference; everything else that does not fit is left
 * out.
 *
 * Google: https://developers.google.com/workspace/calendar/api/v3/reference/events (conferenceData)
 */
import { isJoinLink } from '../core/join-link';
import type { Conference, PhoneNumber } from '../ports/provider';
import { signedLink } from './link-token';

export interface ShownConference {
  id: string;
  video: { uri: string; meetingCode?: string; passcode?: string };
  phones: Array<{ uri: string; regionCode?: string; pin?: string }>;
  /** HTML. */
  notes?: string;
}

const MAX_URI_CHARS = 1_300;
const MAX_CODE_CHARS = 128;
const MAX_NOTES_CHARS = 2_048;
const MAX_ID_CHARS = 512;
/** Calendar shows the first two; more are of use to nobody. */
const MAX_PHONES = 10;

/** Undefined when people cannot join it. */
export function shownConference(conference: Conference): ShownConference | undefined {
  const { joinUrl, token, meetingCode, passcode, phones = [], notes } = conference;
  const uri = token === undefined ? joinUrl : signedLink(joinUrl, token);
  if (!isJoinLink(uri) || uri.length > MAX_URI_CHARS) return undefined;
  return {
    id: conference.id.slice(0, MAX_ID_CHARS),
    video: { uri, ...(fits(meetingCode) && { meetingCode }), ...(fits(passcode) && { passcode }) },
    phones: phones.slice(0, MAX_PHONES).flatMap(shownPhone),
    ...(notes && { notes: escapeHtml(notes).slice(0, MAX_NOTES_CHARS) }),
  };
}

function shownPhone({ number, region, pin }: PhoneNumber): ShownConference['phones'] {
  const digits = number.replace(/[^\d+]/g, '');
  if (!/^\+?\d{3,}$/.test(digits)) return [];
  const regionCode = region !== undefined && /^[A-Z]{2}$/.test(region) ? region : undefined;
  return [{ uri: `tel:${digits}`, ...(regionCode && { regionCode }), ...(fits(pin) && { pin }) }];
}

function fits(code: string | undefined): code is string {
  return code !== undefined && code !== '' && code.length <= MAX_CODE_CHARS && !/\p{Cc}/u.test(code);
}

/** Notes may hold HTML; a provider's text is shown as text. */
function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
