/** An add-on that offers the sample conference service. Tried with `npm start -- --provider sample`. */
import { defineAddOn, exampleMeet } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'sample', name: 'Example Meet', logoUrl, provider: 'sample' }],
  providers: { sample: exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } }) },
});
