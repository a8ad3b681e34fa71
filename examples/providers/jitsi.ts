/** An add-on that offers a Jitsi Meet that lets everybody in. Tried with `npm start -- --provider jitsi`. */
import { defineAddOn, jitsiMeet } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'jitsi', name: 'Jitsi Meet', logoUrl, provider: 'jitsi' }],
  providers: { jitsi: jitsiMeet({ baseUrl: 'https://meet.example.org' }) },
});
