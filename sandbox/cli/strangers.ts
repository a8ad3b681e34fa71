/** Hosts that an add-on asks and that the sandbox does not have: told by name, so that nobody takes them for its fault. */
import type { World } from '../whole-world';

/** Hosts of the manifest that nobody imitates; of `*.example.com` any host below will do. */
export function missingHosts(world: World): string[] {
  const here = world.internet.hosts();
  const isHere = (host: string) =>
    here.some((known) => known === host || (host[0] === '*' && known.endsWith(host.slice(1))));
  const named = (world.script.addOn.manifest.urlFetchWhitelist ?? []).map(hostOf);
  return [...new Set(named)].filter((host) => host !== '' && !isHere(host));
}

export function strangerLine(host: string): string {
  return (
    `The add-on asked ${host}, which nobody imitates here: it was told that there is no such host, and what it makes of that ` +
    `says nothing about it. --server ${host}=http://127.0.0.1:PORT/ lets it reach a server of yours.`
  );
}

function hostOf(prefix: string): string {
  return /^https:\/\/([^/:]+)/i.exec(prefix)?.[1]?.toLowerCase() ?? '';
}
