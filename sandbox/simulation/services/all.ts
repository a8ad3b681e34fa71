/** The conference services that can be played. For each there is an add-on of ours (short-waits.mjs). */
import { Random } from '../../world/random';
import { jitsi, whereby } from './rooms';
import { ruleOnly, sample } from './sample';
import type { InstallService } from './service';
import { talk } from './talk';
import { teams } from './teams';
import { webex } from './webex';
import { zoom } from './zoom';

export const SERVICES = {
  sample,
  'rule-only': ruleOnly,
  zoom,
  webex,
  teams,
  'nextcloud-talk': talk,
  whereby,
  jitsi,
} satisfies Record<string, InstallService>;

export type ServiceName = keyof typeof SERVICES;

export const SERVICE_NAMES = Object.keys(SERVICES) as ServiceName[];

/** The one that a seed plays with, of those to choose from. */
export function serviceOf(seed: string, names: readonly ServiceName[]): ServiceName {
  return names.length === 1 ? (names[0] as ServiceName) : new Random(`service/${seed}`).pick(names);
}
