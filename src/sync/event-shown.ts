/** What a conference shows of its event, and what not, for the event's card. Asks Google for the event. */
import type { Binding } from '../core/binding';
import { keptFields } from '../core/capabilities';
import { refusalsOf } from '../core/diff';
import { isAddOnError } from '../core/errors';
import { withoutLeftOut } from '../core/left-out';
import { isHidden, type Meeting, projectMeeting } from '../core/meeting';
import { standing, withoutRefused } from '../core/refusal';
import type { Row } from '../core/row';
import type { EventConference } from '../ports/event-status';
import type { Provider } from '../ports/provider';
import type { SyncDeps } from './deps';
import { lookForCard } from './look-for-card';
import { faultOf, textsOf } from './provider-fault';
import type { UserState } from './user-state';
import { asTold } from './vendor-looks';

type Shown = Pick<EventConference, 'caveats' | 'refused' | 'isSeries' | 'withheld' | 'atVendor'>;

/** Without `caveats` when Google does not show the event now. */
export function readShown(binding: Binding, calendarId: string, state: UserState, deps: SyncDeps): Shown {
  const { ledger } = state;
  const provider = deps.solutions.get(binding.solution)?.provider;
  if (provider === undefined || !needsEvent(provider)) return { caveats: [] };
  const row = deps.calendar.get(calendarId, binding.eventId);
  const zone = state.calendars.get(binding.calendar)?.zone ?? deps.scriptZone;
  const projected = isAddOnError(row) ? undefined : projectMeeting(row, zone, deps.policies);
  const known = refusalsOf(ledger, binding);
  if (isAddOnError(row) || projected === undefined) return known.length === 0 ? {} : { refused: known };
  const meeting = withoutLeftOut(projected, provider.capabilities);
  const refused = standing(known, meeting);
  const told = withoutRefused(
    meeting,
    refused.map(({ field }) => field),
    deps.policies.placeholderTitle,
  );
  const withheld = withheldOf(row, provider, deps);
  const caveats = caveatsOf(told, provider, binding, deps);
  return {
    caveats,
    ...(refused.length > 0 && { refused, isSeries: meeting.recurrence.length > 0 }),
    ...(withheld !== undefined && { withheld }),
    ...lookForCard(asTold(binding, row, zone, state, deps), state, deps),
  };
}

function needsEvent({ caveats, capabilities }: Provider): boolean {
  return caveats !== undefined || keptFields(capabilities).size > 0;
}

function withheldOf(row: Row, { capabilities }: Provider, { policies }: SyncDeps): Shown['withheld'] {
  const kept = keptFields(capabilities);
  const tells = kept.has('title') || kept.has('description') || kept.has('guests');
  if (isHidden(row, policies)) return tells ? 'private' : undefined;
  return row.attendeesOmitted === true && kept.has('guests') ? 'guests' : undefined;
}

function caveatsOf(
  meeting: Meeting,
  provider: Provider,
  { solution }: Binding,
  deps: SyncDeps,
): NonNullable<Shown['caveats']> {
  if (provider.caveats === undefined) return [];
  try {
    return provider.caveats(meeting);
  } catch (thrown) {
    deps.log({ event: 'provider-fault', kind: 'caveats', solution, ...faultOf(thrown, textsOf(meeting)) });
    return 'own-fault';
  }
}
