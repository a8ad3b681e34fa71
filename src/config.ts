/** Your add-on. Edit this file, run `npm run build`, deploy. docs/configuration.md explains every field. */
import { defineAddOn } from './add-on';
import { exampleMeet } from './providers/example-meet';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
  timeZone: 'Europe/Zurich',
  solutions: [
    {
      id: 'example-meet',
      name: 'Example Meet',
      logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
      provider: 'meet',
    },
  ],
  providers: {
    meet: exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: { kind: 'none' } }),
  },
  policies: {
    graceMinutes: 5,
    privateEvents: 'time-only',
  },
});
