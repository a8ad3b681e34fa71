/** An add-on that offers Teams, as an operator would configure it. */
import { defineAddOn } from '../../src/add-on';
import { teams } from '../../src/providers/teams';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
  timeZone: 'Europe/Zurich',
  solutions: [
    {
      id: 'teams',
      name: 'Microsoft Teams',
      logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
      provider: 'teams',
    },
  ],
  providers: { teams: teams({ auth: { kind: 'bearer', scriptProperty: 'TEAMS_TOKEN' } }) },
});
