/** An add-on that offers Teams, for people who sign in with work accounts. Tried with `npm start -- --provider teams`. */
import { defineAddOn, teams, teamsPersonalGrant } from 'lockstep';

const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl,
  timeZone: 'Europe/Zurich',
  solutions: [{ id: 'teams', name: 'Microsoft Teams', logoUrl, provider: 'teams' }],
  providers: {
    teams: teams({ auth: teamsPersonalGrant({ clientId: 'TEAMS_CLIENT_ID', clientSecret: 'TEAMS_CLIENT_SECRET' }) }),
  },
});
