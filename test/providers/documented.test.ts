/** The pages of the providers that stand on servers of one's own, and of Whereby, say what those providers do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provider } from '../../src/ports/provider';
import { ejabberd } from '../../src/providers/ejabberd';
import { janus } from '../../src/providers/janus';
import { jitsiMeet } from '../../src/providers/jitsi';
import { nextcloudTalk } from '../../src/providers/nextcloud-talk';
import { whereby } from '../../src/providers/whereby';
import { capabilityTable } from './capability-table';

const PAGES: ReadonlyArray<[page: string, provider: Provider]> = [
  ['jitsi', jitsiMeet({ baseUrl: 'https://meet.example.org' })],
  ['nextcloud-talk', nextcloudTalk({ baseUrl: 'https://cloud.example.org', user: 'calendar', scriptProperty: 'P' })],
  ['whereby', whereby({ scriptProperty: 'P' })],
  ['janus', janus({ baseUrl: 'https://janus.example.org', joinUrl: 'https://janus.example.org/?room=' })],
  [
    'ejabberd',
    ejabberd({
      ...{ baseUrl: 'https://xmpp.example.org/api', user: 'a@example.org', scriptProperty: 'P' },
      ...{ host: 'example.org', service: 'conference.example.org', joinUrl: 'https://chat.example.org/?jid=' },
    }),
  ],
];

describe.each(PAGES)('docs/providers/%s.md', (name, provider) => {
  const page = readFileSync(join(__dirname, `../../docs/providers/${name}.md`), 'utf8');

  it('has the table of what follows the event', () => {
    expect(page).toContain(`\n${capabilityTable(provider.capabilities)}\n`);
  });

  it('names every Script Property that the secrets stand in', () => {
    const { auth } = provider;
    const names = 'scriptProperties' in auth ? Object.values(auth.scriptProperties) : [];
    expect(names.filter((property) => !page.includes(`\`${property}\``))).toEqual([]);
  });
});
