/** Debian's ejabberd, started on loopback with its HTTP API and chat rooms only; no other Erlang node can reach it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, freshFolder, installed, start, waitUntil } from './process';
import { RealSite } from './real-site';

const ERLANG_LIBRARIES = '/usr/lib/x86_64-linux-gnu';

export const EJABBERD_INSTALLED = installed('/usr/sbin/ejabberdctl', '/usr/bin/erl', ERLANG_LIBRARIES);

export const EJABBERD_USER = { name: 'admin', host: 'localhost', password: 'password-of-the-test' };

export interface EjabberdServer {
  site: RealSite;
  stop(): Promise<void>;
}

export async function startEjabberd(): Promise<EjabberdServer> {
  const folder = freshFolder();
  const [port, spool, config] = [await freePort(), join(folder.path, 'spool'), join(folder.path, 'ejabberd.yml')];
  mkdirSync(spool);
  writeFileSync(config, configuration(port));
  const running = start('/usr/bin/erl', ['-noinput', '-mnesia', 'dir', `"${spool}"`, '-s', 'ejabberd'], {
    cwd: folder.path,
    env: {
      ...process.env,
      HOME: folder.path,
      ERL_LIBS: ERLANG_LIBRARIES,
      ERL_CRASH_DUMP_BYTES: '0',
      EJABBERD_CONFIG_PATH: config,
      EJABBERD_LOG_PATH: join(folder.path, 'ejabberd.log'),
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (site?: RealSite) => {
    await site?.close();
    await running.stop();
    folder.remove();
  };
  const { name: user, host, password } = EJABBERD_USER;
  const register = async () => {
    const body = JSON.stringify({ user, host, password });
    return (await fetch(`${origin}/api/register`, { method: 'POST', body })).ok;
  };
  try {
    await waitUntil('ejabberd answers', register);
  } catch (problem) {
    await stop();
    throw new Error(`${(problem as Error).message}\n${running.output().slice(-2_000)}`);
  }
  const site = new RealSite(origin);
  return { site, stop: () => stop(site) };
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
