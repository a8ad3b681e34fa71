/**
 * Debian's Janus, started on loopback with the video rooms and the HTTP transport only. Rooms are kept in its folder.
 * https://janus.conf.meetecho.com/docs/videoroom.html and …/docs/admin.html
 */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, installed, ready, start } from './process';

const PROGRAM = '/usr/bin/janus';
const CONFIGURATION = '/etc/janus';

export const JANUS_INSTALLED = installed(PROGRAM, join(CONFIGURATION, 'janus.jcfg'));

/** It listens on this machine only. */
export const JANUS_SECRETS = { admin: 'janus-admin-secret', key: 'janus-admin-key', room: 'janus-room-secret' };

/** Everything else would listen on all addresses, or on ports of its own. */
const OTHER_TRANSPORTS = ['rabbitmq', 'mqtt', 'nanomsg', 'pfunix', 'websockets'];
const OTHER_PLUGINS = [
  ...['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip'],
  ...['streaming', 'textroom', 'videocall', 'voicemail'],
];

export interface RunningJanus {
  /** Of the API that pages use, without its path `/janus`. */
  publicUrl: string;
  /** Of the admin API, without its path `/admin`. */
  adminUrl: string;
  stop(): Promise<void>;
}

/** @param folder its own; what is in it from before is taken up again. */
export async function startJanus(folder: string): Promise<RunningJanus> {
  const conf = join(folder, 'conf');
  const [port, adminPort] = [await freePort(), await freePort()];
  mkdirSync(folder, { recursive: true });
  configure(conf, port, adminPort);
  const running = start(PROGRAM, ['-F', conf, '-i', '127.0.0.1', '-N'], { cwd: folder });
  const adminUrl = `http://127.0.0.1:${adminPort}`;
  await ready('Janus', running, async () => (await fetch(`${adminUrl}/admin/info`)).ok);
  return { publicUrl: `http://127.0.0.1:${port}`, adminUrl, stop: () => running.stop() };
}

function configure(conf: string, port: number, adminPort: number): void {
  const rooms = join(conf, 'janus.plugin.videoroom.jcfg');
  const isNew = !existsSync(rooms);
  if (isNew) cpSync(CONFIGURATION, conf, { recursive: true });
  const libraries = (names: string[]) => names.map((name) => `libjanus_${name}.so`).join(',');
  const core = readFileSync(join(CONFIGURATION, 'janus.jcfg'), 'utf8')
    .replace(/configs_folder = "[^"]*"/, () => `configs_folder = "${conf}"`)
    .replace(/admin_secret = "[^"]*"/, `admin_secret = "${JANUS_SECRETS.admin}"`)
    .replace(/^plugins: \{/m, `plugins: {\n  disable = "${libraries(OTHER_PLUGINS)}"`)
    .replace(/^transports: \{/m, `transports: {\n  disable = "${libraries(OTHER_TRANSPORTS)}"`);
  writeFileSync(join(conf, 'janus.jcfg'), core);
  writeFileSync(
    join(conf, 'janus.transport.http.jcfg'),
    `general: { json = "compact" base_path = "/janus" http = true port = ${port} ip = "127.0.0.1" https = false }
     admin: { admin_base_path = "/admin" admin_http = true admin_port = ${adminPort} admin_ip = "127.0.0.1" admin_https = false }`,
  );
  // Janus writes permanent rooms into this file.
  if (isNew) writeFileSync(rooms, `general: { admin_key = "${JANUS_SECRETS.key}" string_ids = true }`);
}
