/** --provider: puts the conference service into the world, with the Script Properties that an operator would enter. */
import { PROVIDERS } from '../providers/all';
import { type InstalledProvider, ProviderRefused } from '../providers/provider';
import type { World } from '../whole-world';
import { type Options, UsageError } from './options';

/** @param folder where it keeps state. Throws UsageError. */
export async function installProvider(
  world: World,
  options: Options,
  folder: string,
): Promise<InstalledProvider | undefined> {
  try {
    const install = PROVIDERS[options.provider as string] as (typeof PROVIDERS)[string];
    const installed = await install(world, folder);
    const given = new Set(options.scriptProperties.map(([name]) => name));
    for (const [name, value] of Object.entries(installed?.scriptProperties ?? {})) {
      if (!given.has(name)) world.script.setScriptProperty(name, value);
    }
    return installed;
  } catch (problem) {
    throw problem instanceof ProviderRefused ? new UsageError(problem.message) : problem;
  }
}
