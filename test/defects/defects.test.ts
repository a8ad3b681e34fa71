import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type AddOn, loadAddOn } from '../../sandbox/script/host';
import { SUBJECTS } from '../scenarios/all';
import type { Scenario } from '../scenarios/stage';
import { Stage } from '../scenarios/stage';
import { type Defect, sampleDefects } from './catalog';

const SCENARIOS = new Map(SUBJECTS.flatMap(([, scenarios]) => scenarios).map((scenario) => [scenario.name, scenario]));

function defective(defect: Defect): AddOn {
  const out = join(__dirname, '../../.build/defects', defect.id);
  const built = spawnSync(process.execPath, [join(__dirname, 'build-defective.mjs'), out], {
    input: JSON.stringify(defect.edits),
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`${defect.id} does not build: ${built.stderr}`);
  return loadAddOn(out);
}

/** What a play says is wrong, or undefined when it passes. */
function complaintOf(scenario: Scenario, addOn: AddOn): unknown {
  try {
    scenario.play(new Stage(addOn, scenario.options));
    return undefined;
  } catch (complaint) {
    return complaint;
  }
}

describe('each defect of the documented sample, put back into our sources', () => {
  it.each(sampleDefects.map((defect) => [defect.id, defect.what, defect] as const))(
    '%s, %s, is caught',
    (_id, _what, defect) => {
      const scenario = SCENARIOS.get(defect.caughtBy);
      if (scenario === undefined)
        throw new Error(`${defect.id} names a scenario that does not exist: ${defect.caughtBy}`);
      expect(complaintOf(scenario, defective(defect))).toBeDefined();
    },
  );
});
