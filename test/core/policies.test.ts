import { projectMeeting } from '../../src/core/meeting';
import { DEFAULT_POLICIES } from '../../src/core/policies';
import { mayRepair } from '../../src/core/repair';
import { bindingOf, eventRow } from '../support/core-world';

describe('where an operator chose nothing', () => {
  it('a private event shows its time alone', () => {
    const row = eventRow({ summary: 'Secret', description: 'Plan', visibility: 'private' });
    expect(projectMeeting(row, 'UTC', DEFAULT_POLICIES)).toMatchObject({ title: 'Meeting', description: '' });
  });

  it('no event is written to', () => {
    expect(mayRepair(bindingOf({ state: 'broken' }), DEFAULT_POLICIES)).toBe(false);
  });
});
