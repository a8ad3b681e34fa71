/** An add-on that offers the sample conference service. Tried with `npm start -- --provider example-meet`. */
import { defineAddOn, exampleMeet } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'example-meet', name: 'Example Meet', logoUrl, provider: 'example-meet' }],
  providers: { 'example-meet': exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } }) },
});
