import { zoom } from '../../src/providers/zoom';
import { describeContract } from './contract';
import { openZoom } from './zoom-vendor';

const auth = { kind: 'bearer', scriptProperty: 'ZOOM_TOKEN' } as const;

describeContract('zoom', { provider: zoom({ auth, invitees: true }), open: openZoom });
