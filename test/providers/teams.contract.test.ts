import { teams } from '../../src/providers/teams';
import { describeContract } from './contract';
import { openTeams } from './teams-vendor';

const auth = { kind: 'bearer', scriptProperty: 'TEAMS_TOKEN' } as const;

describeContract('teams', { provider: teams({ auth }), open: openTeams });
describeContract('teams with attendees', { provider: teams({ auth, attendees: true }), open: openTeams });
describeContract('teams through an application', {
  provider: teams({ auth, userId: 'user/1' }),
  open: () => openTeams({ actsFor: ['user/1'] }),
});
