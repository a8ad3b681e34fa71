/** The whole of Whereby as an add-on and a person meet it: the API at api.whereby.dev, the rooms at acme.whereby.com. */
import { webPage } from '../../conference/web-page';
import type { World } from '../../whole-world';
import { WherebyServer } from './server';

export const WHEREBY_KEY = 'whereby-key';

export function wherebyInWorld({ clock, records, random, internet }: World): WherebyServer {
  const api = new WherebyServer({ clock, records, random: random.fork('whereby'), keys: new Set([WHEREBY_KEY]) });
  internet.add('api.whereby.dev', api);
  internet.add('acme.whereby.com', {
    handle: ({ url }) => {
      const room = api.meetings().find(({ roomName }) => roomName === new URL(url).pathname);
      return room === undefined
        ? webPage(404, 'Whereby', '<p>There is no room at this address.</p>')
        : webPage(200, 'A room', `<p>Open until ${room.endDate}.</p>\n<p>A room at the imitation of Whereby.</p>`);
    },
  });
  return api;
}
