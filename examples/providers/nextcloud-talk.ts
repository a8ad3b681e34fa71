/** An add-on that offers Nextcloud Talk, with one account of the organisation's. Tried with `npm start -- --provider nextcloud-talk`. */
import { defineAddOn, nextcloudTalk } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'nextcloud-talk', name: 'Nextcloud Talk', logoUrl, provider: 'nextcloud-talk' }],
  providers: {
    'nextcloud-talk': nextcloudTalk({
      baseUrl: 'https://cloud.example.org',
      user: 'calendar',
      scriptProperty: 'NEXTCLOUD_APP_PASSWORD',
    }),
  },
});
