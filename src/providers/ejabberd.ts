/**
 * ejabberd's chat rooms (mod_muc_admin over mod_http_api): one request for each option that changed. Rooms are named
 * after the idempotency key, persistent and hidden from the room list. https://docs.ejabberd.im/developer/ejabberd-api/admin-api/
 */
import type { Meeting } from '../core/meeting';
import type { Outcome } from '../core/outcome';
import type { HttpAnswer } from '../ports/http';
import { plainText } from './plain-text';
import { restProvider } from './rest';

export interface EjabberdOptions {
  /** Where mod_http_api listens: `https://xmpp.example.org/api`. */
  baseUrl: string;
  /** An account with rights to these commands: `calendar@example.org`; and the Script Property with its password. */
  user: string;
  scriptProperty: string;
  /** The virtual host, and its service for rooms: `example.org`, `conference.example.org`. */
  host: string;
  service: string;
  /** A page that joins the room whose address is put behind this: `https://chat.example.org/#converse/room?jid=`. */
  joinUrl: string;
}

export function ejabberd({ baseUrl, user, scriptProperty, host, service, joinUrl }: EjabberdOptions) {
  const command = (name: string) => ({ method: 'POST' as const, path: () => `/${name}` });
  const setting = (option: 'title' | 'description', read: (meeting: Meeting) => string) => ({
    ...command('change_room_option'),
    of: [option],
    body: (meeting: Meeting, _: unknown, name: string) => ({ name, service, option, value: read(meeting) }),
  });
  return restProvider({
    baseUrl,
    auth: { kind: 'basic', user, scriptProperty },
    keeps: ['title', 'description'],
    create: {
      method: 'POST',
      path: '/create_room_with_opts',
      body: (meeting, name) => ({
        ...{ name, service, host },
        options: optionsOf({ title: meeting.title, description: textOf(meeting), persistent: 'true', public: 'false' }),
      }),
      namedByKey: true,
      conference: (_answer, name) => ({ id: name, joinUrl: joinUrl + encodeURIComponent(`${name}@${service}`) }),
    },
    update: [setting('title', ({ title }) => title), setting('description', textOf)],
    cancel: { ...command('destroy_room'), body: (name) => ({ name, service }) },
    meaning,
  });
}

const optionsOf = (options: Record<string, string>) =>
  Object.entries(options).map(([name, value]) => ({ name, value }));
const textOf = ({ description }: Meeting) => plainText(description);

/** Success is `0`; of refusals only the words tell a repeat and an end from a mistake. */
function meaning({ status, text }: HttpAnswer): Outcome | undefined {
  if (status === 200 || status === 201) return { kind: text.trim() === '0' ? 'done' : 'unavailable' };
  if (status === 400 && /room already exists/i.test(text)) return { kind: 'done' };
  return status === 400 && /room (doesn't exist|not found)/i.test(text) ? { kind: 'gone' } : undefined;
}
