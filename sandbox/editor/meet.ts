/** Google Meet, as little of it as the conferencing menu needs: a rival conference that no add-on made. */
import type { JsonObject } from '../world/json';
import type { Random } from '../world/random';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** conferenceData as Calendar writes it for a Meet conference (documented fields; code shape xxx-xxxx-xxx observed). */
export function meetConference(random: Random): JsonObject {
  const code = [3, 4, 3].map((length) => random.text(length, LETTERS)).join('-');
  return {
    conferenceId: code,
    conferenceSolution: {
      key: { type: 'hangoutsMeet' },
      name: 'Google Meet',
      iconUri:
        'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png',
    },
    entryPoints: [
      { entryPointType: 'video', uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` },
    ],
  };
}
