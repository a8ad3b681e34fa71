/**
 * Turns what onCreateFunction returned into what Calendar stores, or into what the editor shows.
 *
 * The stored form is the API's ConferenceData (calendar/api/v3/reference/events); `key.type` is "addOn" for every add-on
 * and name and icon come from the manifest. "Failed to create conference" is the documented wording of CSAMP's page for
 * a function that throws; that a kill and a useless return value look the same is inferred.
 */
import type { Json, JsonObject } from '../world/json';
import type { Shown } from './draft';

/** One entry of the manifest's addOns.calendar.conferenceSolution. */
export interface ConferenceSolution {
  id: string;
  name: string;
  logoUrl?: string;
  onCreateFunction: string;
}

/** How the execution of onCreateFunction ended. */
export type CreateResult =
  | { ok: true; value: Json }
  | { ok: false; name: string; message: string }
  | { ok: false; killed: string };

/** What Calendar shows when it got neither a conference nor an error it knows. */
export const GENERIC_FAILURE = 'Failed to create conference';

/** Sentences of our own for the ConferenceErrorTypes; Google's wording is not published. */
const SHOWN_FOR: Record<string, string> = {
  AUTHENTICATION: 'Sign in to add this conference',
  CONFERENCE_SOLUTION_FORBIDDEN: 'You may not use this conference solution',
  PERMISSION_DENIED: 'You do not have permission to create this conference',
  PERMANENT: 'The conference could not be created',
  TEMPORARY: 'The conference could not be created right now. Try again later',
  UNKNOWN: GENERIC_FAILURE,
};

const STORED_FIELDS = ['conferenceId', 'notes', 'parameters'] as const;

/** The conferenceData to store, or what to show instead. */
export function readConferenceAnswer(
  result: CreateResult,
  solution: ConferenceSolution,
): { data: JsonObject } | { shown: Shown } {
  if (!result.ok) {
    const detail = 'killed' in result ? result.killed : `${result.name}: ${result.message}`;
    return { shown: { message: GENERIC_FAILURE, detail } };
  }
  const { value } = result;
  if (!isObject(value)) return useless(solution, value);
  if (isObject(value.error)) return { shown: errorShown(value.error) };
  const entryPoints = value.entryPoints;
  if (!Array.isArray(entryPoints) || entryPoints.length === 0) return useless(solution, value);
  const kept = STORED_FIELDS.filter((name) => value[name] !== undefined).map((name) => [name, value[name] as Json]);
  return {
    data: {
      ...(Object.fromEntries(kept) as JsonObject),
      conferenceSolution: {
        key: { type: 'addOn' },
        name: solution.name,
        ...(solution.logoUrl !== undefined && { iconUri: solution.logoUrl }),
      },
      entryPoints: (entryPoints as JsonObject[]).map(withLabel),
    },
  };
}

function errorShown(error: JsonObject): Shown {
  const errorType = typeof error.conferenceErrorType === 'string' ? error.conferenceErrorType : 'UNKNOWN';
  const url = error.authenticationUrl;
  return {
    message: SHOWN_FOR[errorType] ?? GENERIC_FAILURE,
    errorType,
    ...(typeof url === 'string' && { authenticationUrl: url }),
  };
}

function useless(solution: ConferenceSolution, value: Json): { shown: Shown } {
  const got = JSON.stringify(value).slice(0, 120);
  return {
    shown: { message: GENERIC_FAILURE, detail: `${solution.onCreateFunction} returned no ConferenceData: ${got}` },
  };
}

/** The builder has no label; Calendar fills it from the URI (observed in events that add-ons made). */
function withLabel(entry: JsonObject): JsonObject {
  const uri = String(entry.uri);
  return { ...entry, label: uri.replace(/^(?:https?:\/\/|tel:|sips?:)/, '') };
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
