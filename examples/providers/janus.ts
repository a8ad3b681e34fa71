/** An add-on that offers video rooms of a Janus server. Tried with `npm start -- --provider janus`. */
import { defineAddOn, janus } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'janus', name: 'Janus', logoUrl, provider: 'janus' }],
  providers: {
    janus: janus({
      baseUrl: 'https://janus.example.org:7889',
      joinUrl: 'https://janus.example.org/demos/videoroomtest.html?room=',
    }),
  },
});
