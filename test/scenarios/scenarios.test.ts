import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import { failure } from './failure';
import { lifeCycle } from './life-cycle';
import { noise } from './noise';
import { ownership } from './ownership';
import { recurrence } from './recurrence';
import type { Scenario } from './stage';
import { Stage } from './stage';
import { triggers } from './triggers';

const addOn = loadAddOn(join(__dirname, '../../dist'));

function played(scenarios: Scenario[]): void {
  it.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    scenario.play(new Stage(addOn, scenario.options));
  });
}

describe('the life of an event with a conference', () => played(lifeCycle));
describe('what must cost nothing', () => played(noise));
describe('recurring events', () => played(recurrence));
describe('whose event it is', () => played(ownership));
describe('when things fail', () => played(failure));
describe('triggers and grants', () => played(triggers));
