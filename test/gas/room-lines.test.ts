import { inStepButFor, unfollowedLines } from '../../src/gas/room-lines';
import type { Status } from '../../src/ports/people';

const linesOf = (occurrences: number, events: number) =>
  unfollowedLines({ unfollowed: { occurrences, events } } as Status);

describe('what is not followed for want of room', () => {
  it('is told in numbers, one or many, and not at all when there is none', () => {
    expect(linesOf(0, 0)).toEqual([]);
    expect(linesOf(1, 1)).toEqual([
      '1 changed occurrence of series is not followed: there is no room for more.',
      '1 event that shares a conference of ours could not be taken up: there is no room.',
    ]);
    expect(linesOf(5, 2)).toEqual([
      '5 changed occurrences of series are not followed: there is no room for more.',
      '2 events that share a conference of ours could not be taken up: there is no room.',
    ]);
    expect(inStepButFor(1)).toBe('In step, but for 1 changed occurrence of it: there is no room to follow more.');
  });
});
