/** Nextcloud Talk: one conversation for an event or a whole series, which opens when the first meeting begins. */
import { NextcloudServer } from '../../vendors/nextcloud/server';
import { isHidden, momentMs } from '../oracle';
import { type InstallService, KEY } from './service';

const HOST = 'cloud.example.org';
const USER = 'calendar';
const HOUR_MS = 3_600_000;
/** Where a day begins first. */
const EARLIEST_ZONE_MS = 14 * HOUR_MS;

export const talk: InstallService = ({ clock, records, random, internet }) => {
  const appPasswords = new Set([KEY]);
  const server = new NextcloudServer({ clock, records, random: random.fork('nextcloud'), user: USER, appPasswords });
  internet.add(HOST, server);
  return {
    host: HOST,
    repeatsCreates: false,
    hostDoes: { moves: false, changes: (id, change) => server.hostChanges(id, change) },
    conferences: () =>
      server.rooms().map((room) => ({
        id: room.token,
        madeMs: room.createdMs,
        differences: (event) => {
          const startMs = momentMs(event.start) - (event.start.date === undefined ? 0 : EARLIEST_ZONE_MS);
          return [
            ...(!isHidden(event) && room.name !== (event.summary ?? room.name) ? ['title'] : []),
            ...(!isHidden(event) && room.description !== (event.description ?? '') ? ['description'] : []),
            ...(room.lobbyTimer !== Math.floor(startMs / 1_000) ? ['when the lobby opens'] : []),
          ];
        },
      })),
  };
};
