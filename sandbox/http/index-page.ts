/** The page at /: where is what, with lines to copy into a terminal. Plain HTML, no script. */

import type { World } from '../world/world';
import { escapeHtml } from './escape-html';

export function indexPage(world: World, root: string): string {
  const users = world.calendar.accounts();
  const user = users[0]?.email ?? 'ana@example.com';
  const solution = world.editor.solutions[0];
  const start = `${new Date(world.clock.nowMs() + 3_600_000).toISOString().slice(0, 14)}00:00Z`;
  const end = new Date(Date.parse(start) + 1_800_000).toISOString().replace('.000', '');
  const event = JSON.stringify({ summary: 'Stand-up', start: { dateTime: start }, end: { dateTime: end } });
  const bearer = `-H 'Authorization: Bearer ${user}'`;
  const json = `-H 'Content-Type: application/json'`;
  const calls: Array<[string, string]> = [
    ['Create an event', `curl ${bearer} ${json} -d '${event}' ${root}/calendar/v3/calendars/primary/events`],
    ['List them', `curl ${bearer} ${root}/calendar/v3/calendars/primary/events`],
    [
      `Choose ${solution?.name ?? 'a conference'} for it, as in the event editor`,
      `curl ${json} -d '{"user":"${user}","eventId":"EVENT_ID","solutionId":"${solution?.id ?? 'SOLUTION_ID'}"}' ${root}/sandbox/events/conference`,
    ],
    [
      'Open the event: the card that the add-on shows beside it',
      `curl ${json} -d '{"user":"${user}","eventId":"EVENT_ID"}' ${root}/sandbox/cards/event`,
    ],
    ['See the conferences', `curl ${root}/sandbox/conferences`],
    [
      'Skip an hour and two minutes ahead: the hourly trigger runs',
      `curl ${json} -d '{"ms":3720000}' ${root}/sandbox/clock/advance`,
    ],
    ['Watch what happens', `curl -N -H 'Accept: text/event-stream' ${root}/sandbox/log`],
  ];
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Calendar sandbox</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}pre{background:#f4f4f4;padding:.7rem;overflow:auto;user-select:all}</style>
<h1>Calendar sandbox</h1>
<p>An offline imitation of Google Calendar and Apps Script. Nothing here is Google, and nothing leaves this machine.</p>
<ul>
<li><code>${root}/calendar/v3/</code> the Calendar API at its own paths. A user's address is their token: ${users.map(({ email }) => `<code>${escapeHtml(email)}</code>`).join(', ')}.
<li><a href="/meet/">/meet/</a> the conference server; <a href="/sandbox/conferences">its conferences</a>.
<li><a href="/net/">/net/</a> the join links of all events, as they open on this machine: <code>https://HOST/…</code> is <code>${root}/net/HOST/…</code>.
<li><a href="/sandbox/log">/sandbox/log</a> everything that happened; <a href="/sandbox/executions">/sandbox/executions</a> which functions of the add-on ran.
<li>/sandbox/ the rest: <a href="/sandbox/users">users</a>, <a href="/sandbox/editors">editors</a>, <a href="/sandbox/events">events</a>, <a href="/sandbox/clock">clock</a>, <a href="/sandbox/triggers">triggers</a>, <a href="/sandbox/faults">faults</a>, <a href="/sandbox/switches">switches</a>.
</ul>
<h2>To copy</h2>
${calls.map(([title, line]) => `<p>${escapeHtml(title)}</p><pre>${escapeHtml(line)}</pre>`).join('\n')}
</html>
`;
}
