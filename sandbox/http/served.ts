/** What the HTTP rooms need of the running server, whatever runs it. */

import type { CreateResult } from '../editor/conference-answer';
import type { CreateCall } from '../editor/editor';
import type { CardCall } from '../editor/side-panel';
import type { InstalledProvider } from '../providers/provider';
import type { World } from '../whole-world';

export interface Served {
  world: World;
  /** Makes everything written so far durable. */
  commit(): void | Promise<void>;
  /** Runs onCreateFunction for an open editor. */
  runCreate(call: CreateCall): Promise<CreateResult>;
  /** Runs a function that a card asked for. */
  runCard(call: CardCall): Promise<CreateResult>;
  /** The conference service that was put into the world, if the add-on does not use the sandbox's own. */
  service?(): InstalledProvider | undefined;
  /** Skips the clock ahead and runs everything that is due on the way; resolves with how many pieces of work ran. */
  advance(ms: number): Promise<number>;
  /** Something may have become due: look again. */
  wake(): void;
  /** Told about a fault of our own. */
  onBug(error: unknown): void;
}
