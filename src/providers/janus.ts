/**
 * Janus videoroom, through the admin API: one stateless POST for everything, and 200 for everything, failures included.
 * Rooms are private and permanent, named after the idempotency key. Title only: Janus knows no times and no people.
 *
 * Janus: https://janus.conf.meetecho.com/docs/videoroom.html and …/docs/admin.html. Needs `string_ids = true`.
 */
import type { Outcome } from '../core/outcome';
import type { HttpAnswer } from '../ports/http';
import { isSuccess, jsonOf } from './answers';
import { restProvider } from './rest';

export interface JanusOptions {
  /** The admin API without its path, behind https: `https://janus.example.org:7889`. */
  baseUrl: string;
  /** A page that joins the room whose id is put behind this: `https://janus.example.org/demos/videoroomtest.html?room=`. */
  joinUrl: string;
  /** Script Properties with Janus's admin secret, the videoroom's admin_key, and a secret for all rooms. */
  scriptProperties?: { adminSecret: string; adminKey: string; roomSecret: string };
}

const PROPERTIES = { adminSecret: 'JANUS_ADMIN_SECRET', adminKey: 'JANUS_ADMIN_KEY', roomSecret: 'JANUS_ROOM_SECRET' };

export function janus({ baseUrl, joinUrl, scriptProperties = PROPERTIES }: JanusOptions) {
  const { adminSecret, adminKey, roomSecret } = scriptProperties;
  const call = { method: 'POST', path: () => '/admin' } as const;
  const ask = (request: object) => ({
    janus: 'message_plugin',
    transaction: 'lockstep',
    plugin: 'janus.plugin.videoroom',
    request: { permanent: true, ...request },
  });
  return restProvider({
    baseUrl,
    auth: {
      kind: 'body',
      scriptProperties: { admin_secret: adminSecret, 'request.admin_key': adminKey, 'request.secret': roomSecret },
    },
    keeps: ['title'],
    create: {
      ...call,
      path: '/admin',
      body: ({ title }, room) => ask({ request: 'create', room, description: title, publishers: 20, is_private: true }),
      namedByKey: true,
      conference: (_answer, room) => ({ id: room, joinUrl: joinUrl + encodeURIComponent(room) }),
    },
    update: { ...call, body: ({ title }, _fields, room) => ask({ request: 'edit', room, new_description: title }) },
    cancel: { ...call, body: (room) => ask({ request: 'destroy', room }) },
    meaning,
  });
}

function meaning(answer: HttpAnswer): Outcome | undefined {
  type Envelope = { error?: { code?: number }; response?: { videoroom?: string; error_code?: number } };
  const { error, response } = (jsonOf(answer) ?? {}) as Envelope;
  const code = error?.code ?? response?.error_code;
  if (code === undefined) return isSuccess(answer) && !response?.videoroom ? { kind: 'unavailable' } : undefined;
  if (code === 427) return { kind: 'done' }; // the room exists: made by the create that this one repeats
  if (code === 426) return { kind: 'gone' };
  return code === 403 || code === 433 ? { kind: 'unauthorised' } : { kind: 'refused', code: `janus-${code}` };
}
