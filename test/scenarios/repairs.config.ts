/** The add-on as it is, and allowed to put a new link into events. */
import { defineAddOn } from '../../src/add-on';
import config from '../../src/config';

export default defineAddOn({ ...config, policies: { ...config.policies, brokenLinks: 'repair' } });
