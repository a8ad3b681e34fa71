/** The page at /: where is what, with lines to copy into a terminal. Plain HTML, no script. */

import type { InstalledProvider } from '../providers/provider';
import type { World } from '../whole-world';
import { escapeHtml } from './escape-html';

/** @param service the conference service, if the add-on does not use the sandbox's own. */
export function indexPage(world: World, root: string, service?: InstalledProvider): string {
  const users = world.calendar.accounts();
  const listed = service === undefined || service.conferences !== undefined;
  const lines = linesToCopy(world, root, listed);
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Calendar sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:.7rem;overflow:auto;user-select:all}</style>
<h1>Calendar sandbox</h1>
<p>An offline imitation of Google Calendar and Apps Script. Nothing here is Google, and nothing leaves this machine.</p>
<ul>
<li><code>${root}/calendar/v3/</code> the Calendar API at its own paths. A user's address is their token: ${users.map(({ email }) => `<code>${escapeHtml(email)}</code>`).join(', ')}.
<li>${ofService(service)}${listed ? ' <a href="/sandbox/conferences">What it keeps</a>.' : ''}
<li><a href="/net/">/net/</a> the join links of all events, as they open on this machine: <code>https://HOST/…</code> is <code>${root}/net/HOST/…</code>.
<li><a href="/sandbox/log">/sandbox/log</a> everything that happened; <a href="/sandbox/executions">/sandbox/executions</a> which functions of the add-on ran.
<li>/sandbox/ the rest: <a href="/sandbox/users">users</a>, <a href="/sandbox/editors">editors</a>, <a href="/sandbox/events">events</a>, <a href="/sandbox/clock">clock</a>, <a href="/sandbox/triggers">triggers</a>, <a href="/sandbox/consent">consent</a>, <a href="/sandbox/faults">faults</a>, <a href="/sandbox/switches">switches</a>.
</ul>
<h2>To copy</h2>
${lines.map(([title, line]) => `<p>${escapeHtml(title)}</p><pre>${escapeHtml(line)}</pre>`).join('\n')}
</html>
`;
}

function ofService(service: InstalledProvider | undefined): string {
  if (service === undefined) return '<a href="/meet/">/meet/</a> the conference server.';
  const notes = escapeHtml(service.notes.join(' '));
  return `The conference service: ${notes.replace(/https:\/\/[^\s,]+/g, (url) => `<a href="/net/?url=${encodeURIComponent(url)}">${url}</a>`)}`;
}

function linesToCopy(world: World, root: string, listed: boolean): Array<[title: string, line: string]> {
  const user = world.calendar.accounts()[0]?.email ?? 'ana@example.com';
  const start = `${new Date(world.clock.nowMs() + 3_600_000).toISOString().slice(0, 14)}00:00Z`;
  const end = new Date(Date.parse(start) + 1_800_000).toISOString().replace('.000', '');
  const event = { summary: 'Stand-up', start: { dateTime: start }, end: { dateTime: end } };
  const calendar = `${root}/calendar/v3/calendars/primary/events`;
  const bearer = `-H 'Authorization: Bearer ${user}'`;
  const json = `-H 'Content-Type: application/json'`;
  const post = (path: string, body: object) => `curl ${json} -d '${JSON.stringify(body)}' ${root}/sandbox/${path}`;
  const opened = { user, eventId: 'EVENT_ID' };
  return [
    [
      'Create an event; its id is the EVENT_ID below',
      `curl ${bearer} ${json} -d '${JSON.stringify(event)}' ${calendar}`,
    ],
    ['List them', `curl ${bearer} ${calendar}`],
    ...world.editor.solutions.map(({ id, name }): [string, string] => [
      `Choose ${name} for it, as in the event editor`,
      post('events/conference', { ...opened, solutionId: id }),
    ]),
    [
      'Rename it: the conference follows by itself',
      `curl -X PATCH ${bearer} ${json} -d '{"summary":"Stand-up, renamed"}' ${calendar}/EVENT_ID`,
    ],
    ['Open the event: the card that the add-on shows beside it', post('cards/event', opened)],
    ['The add-on’s home card', post('cards/home', { user })],
    ...(listed ? [['See the conferences', `curl ${root}/sandbox/conferences`] as [string, string]] : []),
    ['Skip an hour and two minutes ahead: the hourly trigger runs', post('clock/advance', { ms: 3_720_000 })],
    ['Watch what happens', `curl -N -H 'Accept: text/event-stream' ${root}/sandbox/log`],
  ];
}
