/**
 * Debian's ejabberd, started on loopback with its HTTP API and chat rooms only; no other Erlang node can reach it. Rooms
 * are kept in its folder. https://docs.ejabberd.im/developer/ejabberd-api/admin-api/
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, installed, ready, start } from './process';

const ERLANG = '/usr/bin/erl';
const ERLANG_LIBRARIES = '/usr/lib/x86_64-linux-gnu';

export const EJABBERD_INSTALLED = installed('/usr/sbin/ejabberdctl', ERLANG, ERLANG_LIBRARIES);

/** It listens on this machine only. */
export const EJABBERD_USER = { name: 'admin', host: 'localhost', password: 'ejabberd-password' };
export const EJABBERD_SERVICE = 'conference.localhost';

export interface RunningEjabberd {
  /** Of the HTTP API, without its path `/api`. */
  url: string;
  stop(): Promise<void>;
}

/** @param folder its own; what is in it from before is taken up again. */
export async function startEjabberd(folder: string): Promise<RunningEjabberd> {
  const [port, spool, config] = [await freePort(), join(folder, 'spool'), join(folder, 'ejabberd.yml')];
  mkdirSync(spool, { recursive: true });
  writeFileSync(config, configuration(port));
  const running = start(ERLANG, ['-noinput', '-mnesia', 'dir', `"${spool}"`, '-s', 'ejabberd'], {
    cwd: folder,
    env: {
      ...process.env,
      HOME: folder,
      ERL_LIBS: ERLANG_LIBRARIES,
      ERL_CRASH_DUMP_BYTES: '0',
      EJABBERD_CONFIG_PATH: config,
      EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const { name: user, host, password } = EJABBERD_USER;
  const body = JSON.stringify({ user, host, password });
  const ALREADY_REGISTERED = 409;
  await ready('ejabberd', running, async () => {
    const { ok, status } = await fetch(`${url}/api/register`, { method: 'POST', body });
    return ok || status === ALREADY_REGISTERED;
  });
  return { url, stop: () => running.stop() };
}

/** The account is made over the API itself, which for that one command asks whoever sits on this machine for nothing. */
function configuration(port: number): string {
  return `
hosts: [localhost]
loglevel: warning
listen:
  - { port: ${port}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: { /api: mod_http_api, /oauth: ejabberd_oauth } }
acl:
  admin: { user: "${EJABBERD_USER.name}@${EJABBERD_USER.host}" }
oauth_expire: 3600
oauth_access: all
api_permissions:
  "make the account":
    who: { ip: 127.0.0.1/8 }
    what: register
  "rooms":
    who: [ { access: [ { allow: { acl: admin } } ] }, { oauth: [ { scope: "ejabberd:admin" }, { access: [ { allow: { acl: admin } } ] } ] } ]
    what: ["*", "!stop", "!start"]
modules:
  mod_admin_extra: {}
  mod_muc: {}
  mod_muc_admin: {}
`;
}
