/**
 * A world in real time behind a port: the app, the clock's loop and the workers that executions run in.
 *
 * Guarantees: what is written is durable before it is acknowledged; `close` lets running work end and stops the rest.
 */
import type { CreateCall } from '../editor/editor';
import type { CardCall } from '../editor/side-panel';
import type { World } from '../whole-world';
import { RealClock } from '../world/clock';
import { PagesOrigin } from './pages-app';
import { RealTime } from './real-time';
import type { Served } from './served';
import { type Listening, listen } from './server';
import { serverApp } from './server-app';

export interface RunningOptions {
  /** Its clock is `clock`. */
  world: World;
  clock: RealClock;
  /** 0 takes a free one. */
  port: number;
  commit(): void;
  /** The conference service, once `prepare` has put one into the world. */
  service?: Served['service'];
  /** What has to be in place before time moves. Called once the port is had; what it throws ends everything. */
  prepare?(): void | Promise<void>;
  /** Told about a fault of our own; default: stderr. */
  onBug?(error: unknown): void;
}

const SKIPPED = ['world', 'skippedMs'] as const;

/** The clock of a kept world: ahead by what was skipped in it so far. */
export function clockOf(records: World['records']): RealClock {
  return new RealClock(records.get<number>(...SKIPPED) ?? 0);
}

/** Serves the world until `close`. Rejects with PortRefused, or with what `prepare` throws. */
export async function run(options: RunningOptions): Promise<Listening> {
  const { world, clock } = options;
  const onBug = options.onBug ?? ((error: unknown) => console.error(error));
  const commit = () => {
    // With what was done after a skip, or a killed world would start again before its own past.
    if (world.records.get<number>(...SKIPPED) !== clock.skippedMs) world.records.put(...SKIPPED, clock.skippedMs);
    options.commit();
  };
  const time = new RealTime({
    clock,
    nextDueMs: () => world.nextDueMs(),
    runDue: (nowMs) => world.script.runDueInWorker(nowMs),
    commit,
    onBug,
  });
  const served: Served = {
    world,
    commit,
    onBug,
    wake: () => time.wake(),
    runCreate: ({ user, functionName, args }: CreateCall) =>
      world.script.runInWorker(user, functionName, args, 'create'),
    runCard: async ({ user, functionName, args }: CardCall) =>
      world.panel.shown(await world.script.runInWorker(user, functionName, args, 'card')),
    advance: (ms) => time.advance(ms),
    ...(options.service && { service: options.service }),
  };
  world.calendar.onChange(() => queueMicrotask(() => time.wake()));
  const pages: PagesOrigin = new PagesOrigin(served, () => listening.port);
  const listening = await listen(
    serverApp(served, () => pages.port()),
    options.port,
  );
  try {
    await options.prepare?.();
  } catch (problem) {
    await listening.close();
    throw problem;
  }
  commit();
  time.start();
  return {
    ...listening,
    close: async () => {
      await Promise.all([listening.close(), pages.close()]);
      await time.stop();
      if (world.hasAddOn) await world.script.close();
      commit();
    },
  };
}
