/** What a look at a provider finds: nothing while the vendor has what it was told, and just what somebody changed there. */
import type { Meeting, MeetingField } from '../../src/core/meeting';
import type { Conference, Provider } from '../../src/ports/provider';
import { CHANGES, MEETING, SECOND_TIME, SERIES, WHOLE_DAY } from './samples';
import type { Wire } from './wire';

export interface Looking {
  provider: Provider;
  wire(): Wire;
  made(meeting?: Meeting): Conference;
}

/** Of guests each vendor has its own idea, and a repetition may be shown as another kind of meeting. */
const SURE: readonly MeetingField[] = ['title', 'description', 'time'];

export function describeLooks(name: string, { provider, wire, made }: Looking): void {
  const { read } = provider;
  const look = (id: string, meeting: Meeting) => {
    if (read === undefined) throw new Error(`${name} cannot be looked at.`);
    return wire().run(read.call(provider, id, meeting));
  };
  const found = (id: string, meeting: Meeting) => {
    const outcome = look(id, meeting);
    if (outcome.kind !== 'read') throw new Error(`The look ended as ${JSON.stringify(outcome)}.`);
    return [...outcome.shown.fields];
  };

  it(`${name}: says that it can be looked at just if it can`, () => {
    expect(provider.capabilities.reads === true).toBe(read !== undefined);
  });
  if (read === undefined) return;

  describe(`${name}: a look`, () => {
    it.each([
      ['a single meeting', MEETING],
      ['a series', SERIES],
      ['a whole day', WHOLE_DAY],
      ['a meeting in the hour that comes twice', SECOND_TIME],
      [
        'a meeting with blanks and breaks in its texts',
        { ...MEETING, title: '  Plan  B ', description: 'a\n\n  b \n' },
      ],
    ])('at %s as it was told finds nothing', (_, meeting) => {
      const { id } = made(meeting);
      expect(found(id, meeting)).toEqual([]);
    });

    it.each(SURE.filter((field) => provider.capabilities.keeps.includes(field)))(
      'finds the %s that somebody changed there, and nothing else',
      (field) => {
        const { id } = made();
        wire().run(provider.update(id, { ...MEETING, ...CHANGES[field] }, [field], 'u'));
        expect(found(id, MEETING)).toEqual([field]);
      },
    );

    if (provider.capabilities.keeps.includes('recurrence')) {
      it('finds that a meeting became a series there, and a series a meeting', () => {
        const [single, series] = [made(MEETING), made(SERIES)];
        wire().run(provider.update(single.id, SERIES, ['recurrence'], 'u'));
        wire().run(provider.update(series.id, MEETING, ['recurrence'], 'u'));
        expect(found(single.id, MEETING)).not.toEqual([]);
        expect(found(series.id, SERIES)).not.toEqual([]);
      });

      it('finds a series that begins at another hour there', () => {
        const { id } = made(SERIES);
        wire().run(provider.update(id, { ...SERIES, ...CHANGES.time }, ['time'], 'u'));
        expect(found(id, SERIES)).toContain('time');
      });
    }

    it('tells two changes apart, and the same one not', () => {
      const { id } = made();
      const values = (title: string) => {
        wire().run(provider.update(id, { ...MEETING, title }, ['title'], `u-${title}`));
        const outcome = look(id, MEETING);
        return outcome.kind === 'read' ? outcome.shown.values : undefined;
      };
      const [first, again, second] = [values('One'), values('One'), values('Two')];
      expect(first).toBe(again);
      expect(first).not.toBe(second);
    });

    it('asks once, and changes nothing', () => {
      const { id } = made();
      const before = wire().sent.length;
      found(id, MEETING);
      expect(
        wire()
          .sent.slice(before)
          .map(({ method }) => method),
      ).toEqual(['GET']);
    });

    if (provider.capabilities.cancel === 'yes') {
      it('at what was ended there says that it is gone', () => {
        const { id } = made();
        wire().run(provider.cancel(id, 'c'));
        expect(look(id, MEETING)).toEqual({ kind: 'gone' });
      });
    }
  });
}
