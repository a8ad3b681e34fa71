/**
 * The gate before an event's conferenceData.
 *
 * Through the API, with conferenceDataVersion 1: null takes it off, a createRequest makes a Meet conference, and data
 * that Calendar itself has signed may be copied. Calendar's own editor stores what an add-on made, and signs it; whether the
 * API does the same for an add-on is not known (switch addOnConferenceByApi). With version 0 the body's conferenceData is
 * passed over (/workspace/calendar/api/guides/create-events#conferencing).
 */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';
import type { SwitchSettings } from '../world/switches';
import { digest } from './digest';
import { refuse } from './refusal';
import { sameJson } from './row';

/** Limits of the events reference, in characters. */
export const CONFERENCE_LIMITS = { uri: 1300, label: 512, code: 128, notes: 2048 };
const CODES = ['meetingCode', 'accessCode', 'passcode', 'password', 'pin'];
const SCHEMES: Record<string, RegExp> = {
  video: /^https?:/i,
  phone: /^tel:/i,
  sip: /^sips?:/i,
  more: /^https?:/i,
};
const MEET = 'hangoutsMeet';
const MEET_ICON =
  'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png';

export interface ConferenceWrite {
  /** What the event holds now. */
  current: JsonObject | undefined;
  /** What the write asks for: null takes it off. */
  asked: JsonObject | null;
  byEditor: boolean;
}

export class ConferenceGate {
  constructor(
    private readonly random: Random,
    private readonly salt: string,
    private readonly addOnByApi: () => SwitchSettings['addOnConferenceByApi'],
  ) {}

  /** The conferenceData to store; undefined for none. Throws a refusal. */
  pass({ current, asked, byEditor }: ConferenceWrite): JsonObject | undefined {
    if (asked === null) return undefined;
    const request = asked.createRequest as JsonObject | undefined;
    const requested = current?.createRequest as JsonObject | undefined;
    if (request !== undefined && asked.entryPoints === undefined) return this.create(request, current);
    if (request !== undefined && request.requestId !== requested?.requestId) return this.create(request, current);
    if (sameJson(asked, current)) return current;
    checkConference(asked);
    if (byEditor) return this.sign(asked);
    const { signature, ...data } = asked;
    if (signature === undefined && isAddOns(data) && this.addOnByApi() !== 'refused') return this.taken(data);
    if (signature === undefined || signature !== this.signatureOf(data)) {
      throw refuse.invalid('Invalid conference type value.');
    }
    return asked;
  }

  private taken({ parameters, ...bare }: JsonObject): JsonObject {
    const isKept = this.addOnByApi() === 'accepted' && parameters !== undefined;
    return this.sign(isKept ? { ...bare, parameters } : bare);
  }

  private create(request: JsonObject, current: JsonObject | undefined): JsonObject {
    const before = current?.createRequest as JsonObject | undefined;
    if (typeof request.requestId !== 'string' || request.requestId === '') {
      throw refuse.required('Missing conference request id.');
    }
    if (current && before?.requestId === request.requestId) return current;
    const key = request.conferenceSolutionKey as JsonObject | undefined;
    if (key?.type !== undefined && key.type !== MEET) throw refuse.invalid('Invalid conference type value.');
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const code = [3, 4, 3].map((length) => this.random.text(length, letters)).join('-');
    return this.sign({
      createRequest: {
        requestId: request.requestId,
        conferenceSolutionKey: { type: MEET },
        status: { statusCode: 'success' },
      },
      entryPoints: [
        { entryPointType: 'video', uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` },
      ],
      conferenceSolution: { key: { type: MEET }, name: 'Google Meet', iconUri: MEET_ICON },
      conferenceId: code,
    });
  }

  private sign(data: JsonObject): JsonObject {
    const { signature: _old, ...rest } = data;
    return { ...rest, signature: this.signatureOf(rest) };
  }

  /** The request that made a conference is no part of what is signed: a copy may leave it out. */
  private signatureOf({ createRequest: _request, ...data }: JsonObject): string {
    return `AGirE${digest(this.salt + canonical(data))}`;
  }
}

function isAddOns({ conferenceSolution }: JsonObject): boolean {
  return ((conferenceSolution as JsonObject | undefined)?.key as JsonObject | undefined)?.type === 'addOn';
}

/** The Meet link Google shows beside conferenceData. */
export function hangoutLinkOf(conference: JsonObject | undefined): string | undefined {
  const key = (conference?.conferenceSolution as JsonObject | undefined)?.key as JsonObject | undefined;
  if (key?.type !== MEET) return undefined;
  const points = (conference?.entryPoints as JsonObject[] | undefined) ?? [];
  return points.find((point) => point.entryPointType === 'video')?.uri as string | undefined;
}

/** Throws a refusal for data beyond the limits of the events reference. */
export function checkConference(data: JsonObject): void {
  const points = data.entryPoints;
  if (!Array.isArray(points) || points.length === 0 || typeof data.conferenceSolution !== 'object') throw bad();
  const counts: Record<string, number> = {};
  for (const point of points as JsonObject[]) {
    const type = String(point.entryPointType);
    const scheme = SCHEMES[type];
    if (scheme === undefined) throw bad();
    counts[type] = (counts[type] ?? 0) + 1;
    if (type !== 'phone' && counts[type] > 1) throw bad();
    if (typeof point.uri !== 'string' || !scheme.test(point.uri)) throw bad();
    if (point.uri.length > CONFERENCE_LIMITS.uri || tooLong(point.label, CONFERENCE_LIMITS.label)) throw bad();
    if (CODES.some((code) => tooLong(point[code], CONFERENCE_LIMITS.code))) throw bad();
  }
  if (counts.more !== undefined && points.length === 1) throw bad();
  if (tooLong(data.notes, CONFERENCE_LIMITS.notes)) throw bad();
}

function tooLong(value: unknown, limit: number): boolean {
  return value !== undefined && (typeof value !== 'string' || value.length > limit);
}

function bad() {
  return refuse.invalid('Invalid conference data.');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const object = value as Record<string, unknown>;
  return `{${Object.keys(object)
    .sort()
    .map((name) => JSON.stringify(name) + canonical(object[name]))
    .join()}}`;
}
