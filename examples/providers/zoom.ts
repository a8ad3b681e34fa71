/** An add-on that offers Zoom, for people who sign in with their own accounts. Tried with `npm start -- --provider zoom`. */
import { defineAddOn, zoom, zoomPersonalGrant } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'zoom', name: 'Zoom', logoUrl, provider: 'zoom' }],
  providers: {
    zoom: zoom({ auth: zoomPersonalGrant({ clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }) }),
  },
});
