/** An add-on that offers Nextcloud Talk, with each person's own account. Tried with `npm start -- --provider nextcloud-talk-personal`. */
import { defineAddOn, nextcloudTalk } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'nextcloud-talk-personal', name: 'Nextcloud Talk', logoUrl, provider: 'nextcloud-talk' }],
  providers: { 'nextcloud-talk': nextcloudTalk({ baseUrl: 'https://cloud.example.org', account: 'personal' }) },
});
