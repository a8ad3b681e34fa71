/** An add-on that offers Zoom, as an operator would configure it. */
import { defineAddOn } from '../../src/add-on';
import { zoom } from '../../src/providers/zoom';

export default defineAddOn({
  name: 'Lockstep',
  logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo',
  timeZone: 'Europe/Zurich',
  solutions: [
    { id: 'zoom', name: 'Zoom', logoUrl: 'https://lh3.googleusercontent.com/lockstep-logo', provider: 'zoom' },
  ],
  providers: { zoom: zoom({ auth: { kind: 'bearer', scriptProperty: 'ZOOM_TOKEN' } }) },
});
