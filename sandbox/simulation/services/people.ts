/**
 * Zoom, Webex and Teams as people find them who connect accounts of their own: consent, tokens, and meetings that only the
 * account that made them can see. What ought to be shown is as with a key.
 */
import { TEAMS_CLIENT, teamsInWorld } from '../../vendors/teams/in-world';
import { WEBEX_CLIENT, webexInWorld } from '../../vendors/webex/in-world';
import { ZOOM_CLIENT, zoomInWorld } from '../../vendors/zoom/in-world';
import type { World } from '../../whole-world';
import type { Service } from '../day';
import type { InstallService } from './service';
import { teamsConferences } from './teams';
import { webexConferences } from './webex';
import { zoomConferences } from './zoom';

interface Vendor {
  host: string;
  /** Where people consent. */
  consentAt: string;
  repeatsCreates: boolean;
  properties: Readonly<Record<string, string>>;
  conferences(): NonNullable<ReturnType<Service['conferences']>>;
  ownerOf(conferenceId: string): string | undefined;
  api: { hostChanges(id: string, change: { title?: string; startMs?: number }): void };
}

const asService = (world: World, vendor: Vendor): Service => {
  for (const [name, value] of Object.entries(vendor.properties)) world.script.setScriptProperty(name, value);
  const { host, consentAt, repeatsCreates, conferences, ownerOf, api } = vendor;
  const hostDoes = { moves: true, changes: api.hostChanges.bind(api) };
  return { host, repeatsCreates, conferences, hostDoes, people: { consentAt, ownerOf } };
};

export const zoomPeople: InstallService = (world) => {
  const { api } = zoomInWorld(world);
  return asService(world, {
    api,
    host: 'api.zoom.us',
    consentAt: 'https://zoom.us/oauth/authorize',
    repeatsCreates: false,
    properties: { ZOOM_CLIENT_ID: ZOOM_CLIENT.id, ZOOM_CLIENT_SECRET: ZOOM_CLIENT.secret },
    conferences: () => zoomConferences(api),
    ownerOf: (wanted) => api.meetings().find(({ id }) => String(id) === wanted)?.hostId,
  });
};

export const webexPeople: InstallService = (world) => {
  const { api } = webexInWorld(world);
  return asService(world, {
    api,
    host: 'webexapis.com',
    consentAt: 'https://webexapis.com/v1/authorize',
    repeatsCreates: false,
    properties: { WEBEX_CLIENT_ID: WEBEX_CLIENT.id, WEBEX_CLIENT_SECRET: WEBEX_CLIENT.secret },
    conferences: () => webexConferences(api),
    ownerOf: (wanted) => api.meetings().find(({ id }) => id === wanted)?.host,
  });
};

export const teamsPeople: InstallService = (world) => {
  const { api } = teamsInWorld(world);
  return asService(world, {
    api,
    host: 'graph.microsoft.com',
    consentAt: 'https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize',
    repeatsCreates: true,
    properties: { TEAMS_CLIENT_ID: TEAMS_CLIENT.id, TEAMS_CLIENT_SECRET: TEAMS_CLIENT.secret },
    conferences: () => teamsConferences(api),
    ownerOf: (wanted) => api.meetings().find(({ id }) => id === wanted)?.organizer,
  });
};
