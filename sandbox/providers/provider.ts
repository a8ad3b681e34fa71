/** A conference service that `npm start -- --provider NAME` puts into the world, and what there is to know of it. */
import type { World } from '../whole-world';

export interface InstalledProvider {
  /** What an operator enters as Script Properties. */
  scriptProperties: Readonly<Record<string, string>>;
  /** For the terminal: what it is, and what a person needs to try it. */
  notes: readonly string[];
  /** What the service keeps now, in its own terms. Absent: only itself can say. */
  conferences?(): readonly object[];
  /** The web server beside a real service. */
  pages?: WebPages;
  /** Ends what was started for it. */
  close?(): Promise<void>;
}

export interface WebPages {
  host: string;
  /** What it has at an address of this host. Undefined: nothing. */
  file(url: URL): Promise<WebFile | undefined>;
}

export interface WebFile {
  status: number;
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}

/** @param folder where it may keep state between starts; it need not exist yet. Throws ProviderRefused.
 * Undefined: nothing had to be added to the world. */
export type Install = (
  world: World,
  folder: string,
) => InstalledProvider | undefined | Promise<InstalledProvider | undefined>;

/** Thrown when it cannot be had on this machine; the message says what to do. */
export class ProviderRefused extends Error {
  override name = 'ProviderRefused';
}
