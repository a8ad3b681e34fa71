/** An add-on that offers Webex, for people who sign in with their own accounts. Tried with `npm start -- --provider webex`. */
import { defineAddOn, webex, webexGrant } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'webex', name: 'Webex', logoUrl, provider: 'webex' }],
  providers: {
    webex: webex({ auth: webexGrant({ clientId: 'WEBEX_CLIENT_ID', clientSecret: 'WEBEX_CLIENT_SECRET' }) }),
  },
});
