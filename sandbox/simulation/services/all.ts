/** The conference services that can be played. For each there is an add-on of ours (short-waits.mjs). */
import { Random } from '../../world/random';
import { teamsPeople, webexPeople, zoomPeople } from './people';
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
  'zoom-people': zoomPeople,
  'webex-people': webexPeople,
  'teams-people': teamsPeople,
} satisfies Record<string, InstallService>;

export type ServiceName = keyof typeof SERVICES;

export const SERVICE_NAMES = Object.keys(SERVICES) as ServiceName[];

/** The one that a seed plays with, of those to choose from: the sample, which can have most, as often as all others. */
export function serviceOf(seed: string, names: readonly ServiceName[]): ServiceName {
  const random = new Random(`service/${seed}`);
  return names.includes('sample') && random.chance(0.5) ? 'sample' : random.pick(names);
}
