/** An add-on that offers chat rooms of an ejabberd server. Tried with `npm start -- --provider ejabberd`. */
import { defineAddOn, ejabberd } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'ejabberd', name: 'ejabberd', logoUrl, provider: 'ejabberd' }],
  providers: {
    ejabberd: ejabberd({
      baseUrl: 'https://xmpp.example.org/api',
      user: 'admin@localhost',
      scriptProperty: 'EJABBERD_PASSWORD',
      host: 'localhost',
      service: 'conference.localhost',
      joinUrl: 'https://chat.example.org/room?jid=',
    }),
  },
});
