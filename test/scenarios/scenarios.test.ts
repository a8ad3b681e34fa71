import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { SUBJECTS } from './all';
import { Stage } from './stage';

const addOn = loadAddOn(join(__dirname, '../../dist'));

describe.each(SUBJECTS)('%s', (_, scenarios) => {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    scenario.play(new Stage(addOn, scenario.options));
  });
});
