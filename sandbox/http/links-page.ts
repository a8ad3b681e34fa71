/** The page at /net/: every event that has a conference, with its link as it opens on this machine. Plain HTML. */

import type { World } from '../whole-world';
import type { JsonObject } from '../world/json';
import { escapeHtml } from './escape-html';

interface Listed {
  user: string;
  title: string;
  link: string;
}

export function linksPage(world: World): string {
  const items = world.calendar.accounts().flatMap(({ email }) => linksOf(world, email));
  const rows = items.map(({ user, title, link }) => {
    const here = `/net/?url=${encodeURIComponent(link)}`;
    return `<li>${escapeHtml(title)} (${escapeHtml(user)}): <a href="${escapeHtml(here)}">${escapeHtml(link)}</a>`;
  });
  return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Join links</title>
<h1>Join links</h1>
<ul>
${rows.length === 0 ? '<li>No event has a conference yet.' : rows.join('\n')}
</ul>
<form action="/net/"><label>Any other address, such as one where you are asked to connect:
<input name="url" size="60" placeholder="https://"></label> <button>Open</button></form>
</html>
`;
}

function linksOf(world: World, user: string): Listed[] {
  const params = { calendarId: 'primary', maxResults: 2500 };
  const { body } = world.calendar.handle(user, { method: 'events.list', params });
  const { items = [] } = (body ?? {}) as { items?: JsonObject[] };
  return items.flatMap(({ summary, conferenceData }) => {
    const points = (conferenceData as { entryPoints?: Array<{ uri?: string }> } | undefined)?.entryPoints ?? [];
    const link = points.find(({ uri }) => uri?.startsWith('https://'))?.uri;
    return link === undefined ? [] : [{ user, title: typeof summary === 'string' ? summary : '(no title)', link }];
  });
}
