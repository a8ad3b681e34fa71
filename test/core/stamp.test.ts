import type { Row } from '../../src/core/row';
import { STAMP_KEYS, sealedText, showsConference, stampOf, stampParameters } from '../../src/core/stamp';
import { eventRow, stamped } from '../support/core-world';

const stamp = { solution: 'example-meet', conference: 'conf1', owner: 'word' };
const map = Object.fromEntries(stampParameters(stamp).map(({ key, value }) => [key, value]));
const carrying = (addOnParameters: unknown): Row =>
  eventRow({ conferenceData: { parameters: { addOnParameters } } as NonNullable<Row['conferenceData']> });

describe('the stamp', () => {
  it('is read in the shape of the Calendar API, with the map one level down', () => {
    expect(stampOf(carrying({ parameters: map }))).toEqual(stamp);
  });

  it('is read in the shape of the event object for cards, with the map itself', () => {
    expect(stampOf(carrying(map))).toEqual(stamp);
  });

  it('is read beside parameters of others', () => {
    expect(stampOf(carrying({ parameters: { ...map, color: 'red' } }))).toEqual(stamp);
  });

  it('is sealed over solution and conference, always in the same way: seals of long ago are out there', () => {
    expect(sealedText(stamp)).toBe('example-meet/conf1');
  });

  it('writes three parameters under names of its own', () => {
    expect(stampParameters(stamp).map(({ key }) => key)).toEqual(Object.values(STAMP_KEYS));
    expect(stampOf(eventRow({ conferenceData: stamped('conf1', 'word') }))).toEqual(stamp);
  });

  it.each(Object.values(STAMP_KEYS))('is none without %s', (key) => {
    const { [key]: _left, ...rest } = map;
    expect(stampOf(carrying({ parameters: rest }))).toBeUndefined();
    expect(stampOf(carrying({ parameters: { ...map, [key]: 7 } }))).toBeUndefined();
    expect(stampOf(carrying({ parameters: { ...map, [key]: '' } }))).toBeUndefined();
  });

  it.each<[string, Row]>([
    ['an event without a conference', eventRow()],
    ['a Meet conference', eventRow({ conferenceData: { conferenceId: 'abc-defg-hij' } })],
    ['a tombstone', { id: 'ev1', status: 'cancelled' }],
    ['empty parameters', carrying(undefined)],
    ['parameters that are null', carrying(null)],
  ])('is none on %s', (_name, row) => {
    expect(stampOf(row)).toBeUndefined();
  });
});

describe('an event that Google keeps our conference in without our mark', () => {
  const unmarked = { solution: 'example-meet', conference: 'conf1', unmarked: true as const };

  it.each<[string, Row, boolean]>([
    ['shows it by its id', eventRow({ conferenceData: { conferenceId: 'conf1' } }), true],
    ['shows it, marked again', eventRow({ conferenceData: stamped('conf1') }), true],
    ['shows another', eventRow({ conferenceData: { conferenceId: 'abc-defg-hij' } }), false],
    ['shows another of ours', eventRow({ conferenceData: stamped('conf2') }), false],
    ['shows none', eventRow(), false],
  ])('%s: %j, %s', (_name, row, shown) => {
    expect(showsConference(row, unmarked)).toBe(shown);
  });

  it('is known only where that is remembered', () => {
    const { unmarked: _forgotten, ...marked } = unmarked;
    expect(showsConference(eventRow({ conferenceData: { conferenceId: 'conf1' } }), marked)).toBe(false);
  });
});
