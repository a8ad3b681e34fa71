/**
 * Packs bindings into text for the property store: one line each, about 95 bytes, and back.
 *
 * Fields stand in a fixed order behind `|`; times are minutes in base 36 (to-do times seconds). A line that cannot be
 * read is reported, not guessed at.
 */
import { NO_MARK } from './account';
import type { Binding, BindingState, ToDo } from './binding';
import type { Refusable, Refusal } from './refusal';

const STATES: Readonly<Record<BindingState, string>> = { pending: 'p', live: 'l', ending: 'e', away: 'a', broken: 'b' };
const STATE_OF = new Map(Object.entries(STATES).map(([state, letter]) => [letter, state as BindingState]));
const TODO_KINDS: Readonly<Record<ToDo['kind'], string>> = { deliver: 'd', settle: 's', repair: 'r' };
const TODO_KIND_OF = new Map(Object.entries(TODO_KINDS).map(([kind, letter]) => [letter, kind as ToDo['kind']]));
const REFUSABLES: Readonly<Record<Refusable, string>> = {
  title: 't',
  description: 'd',
  guests: 'g',
  zone: 'z',
  recurrence: 'r',
  time: 'w',
};
const REFUSABLE_OF = new Map(Object.entries(REFUSABLES).map(([field, letter]) => [letter, field as Refusable]));
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;
const MAX_CODE_CHARS = 60;

/** Behind the letter of the state. A version that does not know a letter passes over it. */
const FLAGS = [
  ['unread', 'u'],
  ['unlisted', 'n'],
  ['unmarked', 'x'],
  ['leftOut', 'd'],
  ['thinned', 't'],
  ['strayed', 'o'],
  ['mayHaveStrayed', 'w'],
  ['vanished', 'v'],
  ['endAsked', 'q'],
] as const;

export function packBinding(binding: Binding): string {
  const fields = [
    binding.calendar,
    binding.eventId,
    binding.solution,
    binding.conference,
    STATES[binding.state] +
      (binding.guest ? 'g' : '') +
      FLAGS.map(([flag, letter]) => (binding[flag] ? letter : '')).join(''),
    binding.delivered,
    packTime(binding.endsMs, MINUTE_MS),
    packTime(binding.bornMs, MINUTE_MS),
    binding.series ?? '',
    binding.todo === undefined ? '' : packToDo(binding.todo),
    packTime(binding.lengthMs ?? 0, MINUTE_MS),
    binding.repairs === undefined ? '' : String(binding.repairs),
    packAccount(binding),
    (binding.refused ?? []).map(packRefusal).join(','),
    binding.unfollowed === undefined ? '' : String(binding.unfollowed),
    packLook(binding),
    binding.master ?? '',
  ].map(escapeField);
  while (fields[fields.length - 1] === '') fields.pop();
  return fields.join('|');
}

/** Undefined when the line is not one that packBinding wrote. */
export function unpackBinding(line: string): Binding | undefined {
  const fields = line.split('|');
  const [
    calendar,
    eventId,
    solution,
    conference,
    state,
    delivered,
    ends,
    born,
    series,
    todo,
    length,
    repairs,
    account,
    refused,
    ...more
  ] =
    // Hardly any line holds an escaped character, and a pass unpacks them all.
    line.includes('%') ? fields.map(unescapeField) : fields;
  const [unfollowed, look, master] = more;
  const known = STATE_OF.get(state?.charAt(0) ?? '');
  if (!calendar || !eventId || !solution || !conference || known === undefined) return undefined;
  const binding: Binding = {
    calendar,
    eventId,
    solution,
    conference,
    state: known,
    guest: state?.includes('g', 1) === true,
    delivered: delivered ?? '',
    endsMs: unpackTime(ends, MINUTE_MS),
    bornMs: unpackTime(born, MINUTE_MS),
  };
  // Most have none, and a pass unpacks them all.
  if (state !== undefined && state.length > 1) {
    for (const [flag, letter] of FLAGS) if (state.includes(letter, 1)) binding[flag] = true;
  }
  if (series) binding.series = series;
  if (todo) binding.todo = unpackToDo(todo);
  if (length) binding.lengthMs = unpackTime(length, MINUTE_MS);
  if (unfollowed) binding.unfollowed = Number(unfollowed);
  if (repairs) binding.repairs = Number(repairs);
  if (account && account.charAt(0) !== NO_MARK) binding.account = account.charAt(0);
  if (account && account.length > 1) binding.unknownTo = account.charAt(1);
  if (look) unpackLook(look, binding);
  if (master) binding.master = master;
  if (refused) binding.refused = refused.split(',').flatMap(unpackRefusal);
  return binding;
}

function packToDo(todo: ToDo): string {
  const flags = (todo.parked ? 'p' : '') + (todo.missed ? 'm' : '') + (todo.ownFault ? 'f' : '');
  return [
    TODO_KINDS[todo.kind],
    todo.attempts.toString(36),
    packTime(todo.notBeforeMs, SECOND_MS),
    packTime(todo.sinceMs, SECOND_MS),
    flags,
  ].join(',');
}

function unpackToDo(text: string): ToDo {
  const [kind, attempts, notBefore, since, flags] = text.split(',');
  return {
    kind: TODO_KIND_OF.get(kind ?? '') ?? 'settle',
    attempts: Number.parseInt(attempts || '0', 36),
    notBeforeMs: unpackTime(notBefore, SECOND_MS),
    sinceMs: unpackTime(since, SECOND_MS),
    parked: flags?.includes('p') === true,
    missed: flags?.includes('m') === true,
    ...(flags?.includes('f') === true && { ownFault: true as const }),
  };
}

/** Who made it, then who does not know it. */
function packAccount({ account, unknownTo }: Binding): string {
  return unknownTo === undefined ? (account ?? '') : (account ?? NO_MARK) + unknownTo;
}

/** A letter, a digest of six characters, and the provider's code. */
function packRefusal({ field, digest, code }: Refusal): string {
  return REFUSABLES[field] + digest + code.replace(/[^\w.-]/g, '-').slice(0, MAX_CODE_CHARS);
}

/** What an earlier version does not know it tells again. */
function unpackRefusal(text: string): Refusal[] {
  const field = REFUSABLE_OF.get(text.charAt(0));
  return field === undefined ? [] : [{ field, digest: text.slice(1, 7), code: text.slice(7) }];
}

/** When to look, then what differed. */
function packLook({ lookMs = 0, differs = '' }: Binding): string {
  const at = packTime(lookMs, MINUTE_MS);
  return differs === '' ? at : `${at},${differs}`;
}

function unpackLook(text: string, binding: Binding): void {
  const [at, differs] = text.split(',');
  if (at) binding.lookMs = unpackTime(at, MINUTE_MS);
  if (differs) binding.differs = differs;
}

function packTime(ms: number, unitMs: number): string {
  return ms === 0 ? '' : Math.ceil(ms / unitMs).toString(36);
}

function unpackTime(text: string | undefined, unitMs: number): number {
  return text ? Number.parseInt(text, 36) * unitMs : 0;
}

function escapeField(text: string): string {
  return text.replace(/[%|\n]/g, (character) => (character === '%' ? '%25' : character === '|' ? '%7C' : '%0A'));
}

function unescapeField(text: string): string {
  return text.replace(/%(25|7C|0A)/g, (_, code) => (code === '25' ? '%' : code === '7C' ? '|' : '\n'));
}
