/** Services that have links and little else: nothing of a meeting is kept there, so nothing of it can be wrong. */
import { WherebyServer } from '../../vendors/whereby/server';
import { type InstallService, KEY } from './service';

/** A room cannot be changed; it goes with its event. */
export const whereby: InstallService = ({ clock, records, random, internet }) => {
  const server = new WherebyServer({ clock, records, random: random.fork('whereby'), keys: new Set([KEY]) });
  internet.add('api.whereby.dev', server);
  return {
    host: 'api.whereby.dev',
    repeatsCreates: false,
    conferences: () =>
      server.meetings().map(({ meetingId, startDate }) => ({
        id: meetingId,
        madeMs: Date.parse(startDate),
        differences: () => [],
      })),
  };
};

/** Whoever opens a link is in the room. No request ever reaches the service. */
export const jitsi: InstallService = () => ({
  host: 'meet.example.org',
  repeatsCreates: true,
  conferences: () => undefined,
});
