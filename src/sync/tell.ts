/**
 * Tells a provider how a meeting is now, and keeps one field that it refuses from keeping the rest from it.
 *
 * What the answer names is left out and told of apart; where it names nothing, one field after the other is left out until
 * the rest is taken. Whatever else happens meanwhile ends it: nothing is concluded from an outage.
 */
import type { MeetingField, Occurrence } from '../core/meeting';
import { FORBIDDEN, type Outcome } from '../core/outcome';
import type { Action } from '../core/plan';
import {
  fieldsWithout,
  occurrenceInUtc,
  type Refusable,
  type Refusal,
  suspectsOf,
  withoutRefused,
} from '../core/refusal';
import type { Operation, Provider } from '../ports/provider';

/** Tries beside the first one. Five fields alone, and the likeliest pairs. */
const MAX_TRIES = 8;

type Update = Extract<Action, { kind: 'update' }>;
type Found = Map<Refusable, string>;

/**
 * @param known what the provider has refused before and still refuses.
 * @param key idempotency key of the first try; each other one has its own.
 * @param onTry told before each try.
 */
export function* tellMeeting(
  provider: Pick<Provider, 'update'>,
  { binding, meeting, fields }: Update,
  known: readonly Refusal[],
  placeholderTitle: string,
  key: string,
  onTry: () => void = () => undefined,
): Operation<Outcome> {
  const before = known.map(({ field }) => field);
  let tries = 0;
  const attempt = function* (found: Found): Operation<Outcome> {
    const left = [...before, ...found.keys()];
    const told = fieldsWithout(fields, left);
    if (told.length === 0) return { kind: 'done' };
    onTry();
    const name = tries++ === 0 ? key : `${key}-${tries}`;
    return yield* provider.update(binding.conference, withoutRefused(meeting, left, placeholderTitle), told, name);
  };

  const named: Found = new Map();
  let refusal = yield* attempt(named);
  const first = refusal;
  // The answers may name one field at a time.
  while (refusal.kind === 'refused' && addNamed(named, refusal, before)) {
    refusal = yield* attempt(named);
    if (refusal.kind !== 'refused') return besides(refusal, named);
  }
  if (first.kind !== 'refused' || !isOfFields(first)) return first;
  for (const group of suspectsOf(meeting, fields).filter((one) => leavesSomething(one, fields, before))) {
    if (tries > MAX_TRIES) break;
    const found: Found = new Map(group.map((field) => [field, first.code]));
    const outcome = yield* attempt(found);
    if (outcome.kind !== 'refused') return besides(outcome, found);
  }
  return first;
}

/** A provider that does not know the zone is told the instants. */
export function* tellOccurrence(
  provider: Pick<Provider, 'updateOccurrence'>,
  conference: string,
  occurrence: Occurrence,
  known: readonly Refusal[],
  key: string,
): Operation<Outcome> {
  const isUnknown = known.some(({ field }) => field === 'zone');
  if (isUnknown) return yield* provider.updateOccurrence(conference, occurrenceInUtc(occurrence), key);
  const outcome = yield* provider.updateOccurrence(conference, occurrence, key);
  const mayBeZone = outcome.kind === 'refused' && isOfFields(outcome) && occurrence.time !== undefined;
  return mayBeZone ? yield* provider.updateOccurrence(conference, occurrenceInUtc(occurrence), `${key}-utc`) : outcome;
}

/** Not when nobody may do it, or when the answer says that it is no field. */
export function isOfFields({ code, of }: Extract<Outcome, { kind: 'refused' }>): boolean {
  return code !== FORBIDDEN && of?.length !== 0;
}

/** Were there any that had not been found yet? */
function addNamed(found: Found, { of, code }: Extract<Outcome, { kind: 'refused' }>, before: readonly Refusable[]) {
  const more = (of ?? []).filter((field) => !found.has(field) && !before.includes(field));
  for (const field of more) found.set(field, code);
  return more.length > 0;
}

/**
 * When several fields were told and none can be, it is not about one of them. Of a single field, or of a time with its rule,
 * it is.
 */
function leavesSomething(group: readonly Refusable[], fields: readonly MeetingField[], before: readonly Refusable[]) {
  if (group.some((field) => before.includes(field))) return false;
  const isOne = fields.length === 1 || fields.every((field) => field === 'time' || field === 'recurrence');
  return isOne || fieldsWithout(fields, [...before, ...group]).length > 0;
}

function besides(outcome: Outcome, found: Found): Outcome {
  if (outcome.kind !== 'done') return outcome;
  const refused = [...(outcome.refused ?? []), ...[...found].map(([field, code]) => ({ field, code }))];
  return { ...outcome, refused };
}
