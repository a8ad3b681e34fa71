/** Settings of what nobody knows about events that move: their id, and what is left of them on the old calendar. */
export const EITHER_ID = [{ moveKeepsId: false }, { tombstoneKeepsConference: true }];
/** What is left of an event on the calendar that it moved away from. */
export const LEFT_BEHIND = [
  { movedTombstone: 'bare' },
  { movedTombstone: 'placeholder' },
  { movedTombstone: 'absent' },
  { movedTombstone: 'detailed', moveAnswers: 'destination', tombstoneKeepsConference: true },
];
export const EITHER_WAY = [
  ...EITHER_ID,
  ...LEFT_BEHIND,
  ...LEFT_BEHIND.map((left) => ({ ...left, moveKeepsId: false })),
];
