/** The life of an event whose conference stands at a real server, through the built add-on in the sandbox. */

import { createWorld } from '../../sandbox/whole-world';
import type { Site } from '../../sandbox/world/exchange';
import { builtAddOn } from '../support/built-add-on';

/** Long enough for the hourly sweep, whenever it comes. */
const SWEPT_MS = 62 * 60_000;

export interface RealLife {
  /** The provider, as a configuration writes it. */
  provider: string;
  host: string;
  site: Site;
  scriptProperties: Readonly<Record<string, string>>;
  /** The titles of the rooms there are. */
  titles(): string[];
}

/** What is seen after each chapter: the link, and the titles at the server. */
export function playLife({ provider, host, site, scriptProperties, titles }: RealLife) {
  const world = createWorld({ addOn: builtAddOn({ room: provider }) });
  world.internet.add(host, site);
  for (const [name, value] of Object.entries(scriptProperties)) world.script.setScriptProperty(name, value);
  const ana = world.addUser('ana@example.com', { timeZone: 'Europe/Zurich' });
  const draft = ana.drafts({
    ...{ summary: 'Überblick "Q1"', start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' },
    conference: 'room',
  });
  const chosen = titles();
  const event = ana.saves(draft);
  world.settle();
  const points = event.conference?.entryPoints as Array<{ uri: string }> | undefined;
  const saved = titles();
  ana.edits(event, { summary: 'Second review' });
  world.settle();
  const renamed = titles();
  ana.deletes(event);
  world.settle();
  const deleted = titles();
  world.advance(SWEPT_MS);
  return { link: points?.[0]?.uri, chosen, saved, renamed, deleted, swept: titles() };
}

/** What anybody expects to see. */
export const EXPECTED_TITLES = {
  chosen: ['Meeting'],
  saved: ['Überblick "Q1"'],
  renamed: ['Second review'],
  deleted: ['Second review'],
  swept: [],
};
