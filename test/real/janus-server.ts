/** Debian's Janus, started on loopback with the video rooms and the HTTP transport only. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, freshFolder, installed, type Running, start, waitUntil } from './process';
import { RealSite } from './real-site';

export const JANUS_INSTALLED = installed('/usr/bin/janus', '/etc/janus/janus.jcfg');

export const JANUS_SECRETS = { admin: 'admin-secret-of-the-test', key: 'key-of-the-test', room: 'room-secret' };

/** Everything else would listen on all addresses, or on ports of its own. */
const OTHER_TRANSPORTS = ['rabbitmq', 'mqtt', 'nanomsg', 'pfunix', 'websockets'];
const OTHER_PLUGINS = [
  ...['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip'],
  ...['streaming', 'textroom', 'videocall', 'voicemail'],
];

export interface JanusServer {
  /** Of the admin API, without its path. */
  url: string;
  site: RealSite;
  stop(): Promise<void>;
}

export async function startJanus(): Promise<JanusServer> {
  const folder = freshFolder();
  const conf = join(folder.path, 'conf');
  const [port, adminPort] = [await freePort(), await freePort()];
  cpSync('/etc/janus', conf, { recursive: true });
  const libraries = (names: string[]) => names.map((name) => `libjanus_${name}.so`).join(',');
  const core = readFileSync('/etc/janus/janus.jcfg', 'utf8')
    .replace(/configs_folder = "[^"]*"/, `configs_folder = "${conf}"`)
    .replace(/admin_secret = "[^"]*"/, `admin_secret = "${JANUS_SECRETS.admin}"`)
    .replace(/^plugins: \{/m, `plugins: {\n  disable = "${libraries(OTHER_PLUGINS)}"`)
    .replace(/^transports: \{/m, `transports: {\n  disable = "${libraries(OTHER_TRANSPORTS)}"`);
  writeFileSync(join(conf, 'janus.jcfg'), core);
  writeFileSync(
    join(conf, 'janus.transport.http.jcfg'),
    `general: { json = "compact" base_path = "/janus" http = true port = ${port} ip = "127.0.0.1" https = false }
     admin: { admin_base_path = "/admin" admin_http = true admin_port = ${adminPort} admin_ip = "127.0.0.1" admin_https = false }`,
  );
  writeFileSync(
    join(conf, 'janus.plugin.videoroom.jcfg'),
    `general: { admin_key = "${JANUS_SECRETS.key}" string_ids = true }`,
  );
  const running = start('/usr/bin/janus', ['-F', conf, '-i', '127.0.0.1', '-N'], { cwd: folder.path });
  const stop = async (site?: RealSite) => {
    await site?.close();
    await running.stop();
    folder.remove();
  };
  const url = `http://127.0.0.1:${adminPort}`;
  try {
    await answers(`${url}/admin/info`, running);
  } catch (problem) {
    await stop();
    throw problem;
  }
  const site = new RealSite(url);
  return { url, site, stop: () => stop(site) };
}

async function answers(url: string, running: Running): Promise<void> {
  await waitUntil(`Janus answers`, async () => (await fetch(url)).ok).catch((problem) => {
    throw new Error(`${problem.message}\n${running.output().slice(-2_000)}`);
  });
}
