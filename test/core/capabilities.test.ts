import { keptFields } from '../../src/core/capabilities';
import { KEEPS_ALL } from '../support/core-world';

describe('what a provider keeps', () => {
  it('is what it says it keeps', () => {
    expect(keptFields(KEEPS_ALL)).toEqual(new Set(['title', 'time', 'recurrence']));
  });

  it('is nothing where it cannot be told of changes', () => {
    expect(keptFields({ ...KEEPS_ALL, update: 'none' })).toEqual(new Set());
  });
});
