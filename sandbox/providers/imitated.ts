/** The vendors that are imitated: each is put into the world as its own people would find it. */
import { escapeHtml, webPage } from '../conference/web-page';
import { NEXTCLOUD_ACCOUNT, nextcloudInWorld } from '../vendors/nextcloud/in-world';
import { TEAMS_CLIENT, teamsInWorld } from '../vendors/teams/in-world';
import { WEBEX_CLIENT, webexInWorld } from '../vendors/webex/in-world';
import { WHEREBY_KEY, wherebyInWorld } from '../vendors/whereby/in-world';
import { ZOOM_CLIENT, zoomInWorld } from '../vendors/zoom/in-world';
import type { Install } from './provider';

const CONSENT =
  'The first create asks you to connect: give the address it shows to the page of join links, say any name there, and create again.';

export const installZoom: Install = (world) => {
  const { api } = zoomInWorld(world);
  return {
    scriptProperties: { ZOOM_CLIENT_ID: ZOOM_CLIENT.id, ZOOM_CLIENT_SECRET: ZOOM_CLIENT.secret },
    notes: ['An imitation of Zoom.', CONSENT],
    conferences: () => api.meetings(),
  };
};

export const installWebex: Install = (world) => {
  const { api } = webexInWorld(world);
  return {
    scriptProperties: { WEBEX_CLIENT_ID: WEBEX_CLIENT.id, WEBEX_CLIENT_SECRET: WEBEX_CLIENT.secret },
    notes: ['An imitation of Webex.', CONSENT],
    conferences: () => api.meetings(),
  };
};

export const installTeams: Install = (world) => {
  const { api } = teamsInWorld(world);
  return {
    scriptProperties: { TEAMS_CLIENT_ID: TEAMS_CLIENT.id, TEAMS_CLIENT_SECRET: TEAMS_CLIENT.secret },
    notes: ['An imitation of Microsoft Teams.', CONSENT],
    conferences: () => api.meetings(),
  };
};

export const installWhereby: Install = (world) => {
  const api = wherebyInWorld(world);
  return {
    scriptProperties: { WHEREBY_API_KEY: WHEREBY_KEY },
    notes: ['An imitation of Whereby.'],
    conferences: () => api.meetings(),
  };
};

export const installNextcloudTalk: Install = (world) => {
  const server = nextcloudInWorld(world);
  return {
    scriptProperties: { NEXTCLOUD_APP_PASSWORD: NEXTCLOUD_ACCOUNT.appPassword },
    notes: ['An imitation of Nextcloud Talk.'],
    conferences: () => server.rooms(),
  };
};

export const installPersonalNextcloudTalk: Install = (world) => {
  const server = nextcloudInWorld(world);
  return {
    scriptProperties: {},
    notes: [
      'An imitation of Nextcloud Talk, with an account for everybody.',
      'Make an app password at https://cloud.example.org/index.php/settings/user/security, and enter it on the home card.',
    ],
    conferences: () => server.rooms(),
  };
};

/** Jitsi keeps nothing: whoever opens a link is in the room. */
export const installJitsi: Install = ({ internet }) => {
  internet.add('meet.example.org', {
    handle: ({ url }) => {
      const room = new URL(url).pathname.slice(1);
      return room === ''
        ? webPage(404, 'Jitsi Meet', '<p>There is no room at this address.</p>')
        : webPage(
            200,
            escapeHtml(room),
            '<p>A room at the imitation of Jitsi Meet. It is made by whoever opens it.</p>',
          );
    },
  });
  return { scriptProperties: {}, notes: ['An imitation of Jitsi Meet.'], conferences: () => [] };
};
