/** An add-on that offers Whereby. Tried with `npm start -- --provider whereby`. */
import { defineAddOn, whereby } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'whereby', name: 'Whereby', logoUrl, provider: 'whereby' }],
  providers: { whereby: whereby({ scriptProperty: 'WHEREBY_API_KEY' }) },
});
