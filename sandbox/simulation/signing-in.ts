/**
 * People who have two accounts at the conference service, and connect now the one, now the other.
 *
 * What one account made the other cannot see. The promise: nothing of it is lost once that account is back, whatever was done
 * meanwhile; so after the quiet everybody comes back to each account once, to the first one last.
 */
import { Browser, type Page } from '../oauth/browser';
import { NetworkFault } from '../world/internet';
import type { Json } from '../world/json';
import type { TraceEntry } from '../world/trace';
import { openChangedEvents } from './at-vendor';
import { newEvent, withAddOn } from './choosing';
import type { Day, Player } from './day';

/** After one account is back for so long, all that waited for it has been done. */
const HOURS_BACK = 3;

const accountsOf = ({ person }: Player) => ['first', 'second'].map((which) => `${which}-of-${person.email}`);

export function everybodySignsIn(day: Day): void {
  if (day.service.people === undefined) return;
  for (const player of day.players) if (player.hasAddOn) signIn(day, player, accountsOf(player)[0] as string);
}

/** Somebody connects their other account. */
export function changeAccount(day: Day): void {
  const player = withAddOn(day);
  const [first, second] = accountsOf(player) as [string, string];
  signIn(day, player, accountNow(day, player.person.email) === first ? second : first);
}

/** @param hour lets one pass, and looks. */
export function everybodyComesBack(day: Day, hour: () => void): void {
  if (day.service.people === undefined) return;
  for (const place of [1, 0]) {
    for (const player of day.players.filter(({ hasAddOn }) => hasAddOn)) {
      const account = accountsOf(player)[place] as string;
      const wasUsed = day.signIns.some((one) => one.user === player.person.email && one.account === account);
      if (wasUsed) signIn(day, player, account);
    }
    // What a host changed there is seen as the account that made it, and as no other.
    openChangedEvents(day);
    for (let hours = 0; hours < HOURS_BACK; hours++) hour();
  }
}

/** As whom a person was connected at an entry of the trace. */
export function accountNow(day: Day, user: string, seq = Number.POSITIVE_INFINITY): string | undefined {
  return day.signIns.filter((one) => one.user === user && one.seq <= seq).pop()?.account;
}

/** Did the service answer somebody who was not connected as the account that the conference is of? */
export function isToAnother(day: Day, answer: TraceEntry, conferenceId: string): boolean {
  const owner = day.service.people?.ownerOf(conferenceId);
  if (owner === undefined) return false;
  const begun = day.world.trace.entries().find(({ kind, by }) => kind === 'execution' && by === answer.by);
  const user = / begins for (\S+)$/.exec(begun?.text ?? '')?.[1];
  return user !== undefined && accountNow(day, user, answer.seq) !== owner;
}

/** By the panel's own buttons, then by where the editor sends whoever is not connected. What goes wrong leaves it undone. */
function signIn(day: Day, player: Player, account: string): void {
  const { world } = day;
  disconnect(day, player);
  const draft = player.person.drafts({ ...newEvent(day, player), conference: day.solution });
  player.person.discards(draft);
  const url = draft.conference?.state === 'failed' ? draft.conference.shown.authenticationUrl : undefined;
  if (url === undefined || !url.startsWith(day.service.people?.consentAt ?? ' ')) return;
  // From here on some request may go out with it.
  day.signIns.push({ seq: world.trace.entries().at(-1)?.seq ?? 0, user: player.person.email, account });
  const browser = new Browser(world, player.person.email);
  if (isShown(() => browser.opens(url))) isShown(() => browser.sends({ account, decision: 'allow' }));
}

/** A page of the service that does not come, or comes without a form, is left alone. */
function isShown(open: () => Page): boolean {
  try {
    return /<form/.test(open().html);
  } catch (thrown) {
    if (thrown instanceof NetworkFault) return false;
    throw thrown;
  }
}

function disconnect({ world }: Day, { person }: Player): void {
  const settings = world.runCard(world.panel.menu(person.email, 'Settings'));
  if (!settings.ok) return;
  const button = /"text":"(Disconnect [^"]+)"/.exec(JSON.stringify(settings.value))?.[1];
  if (button === undefined) return;
  const click = world.panel.click(person.email, settings.value as Json, button);
  if (!('opens' in click)) world.runCard(click);
}
