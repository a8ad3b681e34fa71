/** An add-on that offers Webex, as an operator would configure it. */
import { defineAddOn } from '../../src/add-on';
import { webex } from '../../src/providers/webex';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
  timeZone: 'Europe/Zurich',
  solutions: [
    { id: 'webex', name: 'Webex', logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo', provider: 'webex' },
  ],
  providers: { webex: webex({ auth: { kind: 'bearer', scriptProperty: 'WEBEX_TOKEN' } }) },
});
