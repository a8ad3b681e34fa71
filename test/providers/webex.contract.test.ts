import { webex } from '../../src/providers/webex';
import { describeContract } from './contract';
import { openWebex } from './webex-vendor';

const auth = { kind: 'bearer', scriptProperty: 'WEBEX_TOKEN' } as const;

describeContract('webex', { provider: webex({ auth }), open: openWebex });
describeContract('webex that looks first', {
  provider: webex({ auth, looksFirst: true }),
  open: openWebex,
  requestsPerCreate: 2,
});
