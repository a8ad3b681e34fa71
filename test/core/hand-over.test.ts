import type { Binding } from '../../src/core/binding';
import { bindingKey } from '../../src/core/binding';
import { Ledger } from '../../src/core/ledger';
import { handOver } from '../../src/core/plan';
import { HOUR_MS } from '../../src/core/policies';
import { bindingOf, deliveredAs, NOW_MS, ours, read, toDo, tombstone } from '../support/core-world';

describe('a conference of several events', () => {
  const first = bindingOf({ eventId: 'first', bornMs: NOW_MS - 2 * HOUR_MS, delivered: deliveredAs(ours()) });
  const second = bindingOf({ eventId: 'second' });

  it('is delivered only from its driver', () => {
    const ledger = new Ledger([first, second]);
    expect(read(ours({ id: 'second', summary: 'Copy' }), ledger)).toEqual([]);
    expect(read(ours({ id: 'first', summary: 'Talk' }), ledger)).toMatchObject([{ kind: 'update' }]);
  });

  it('goes over to the next event, which then is to be delivered against what was told last', () => {
    const ledger = new Ledger([first, second]);
    read(tombstone('first'), ledger);
    expect(ledger.get(bindingKey(second))).toMatchObject({ delivered: first.delivered, todo: { kind: 'deliver' } });
    expect(ledger.get(bindingKey(first))).toMatchObject({ state: 'ending', delivered: '', todo: { kind: 'settle' } });
  });

  it('is delivered from the next event although nothing had been delivered before', () => {
    const ledger = new Ledger([{ ...first, delivered: '', todo: toDo() }, second]);
    read(tombstone('first'), ledger);
    expect(ledger.get(bindingKey(second))?.todo).toMatchObject({ kind: 'deliver', parked: false });
  });

  it('is delivered from the next event when its first one is over, undelivered', () => {
    const over = { ...first, delivered: '', endsMs: NOW_MS - 1, todo: toDo({ parked: true }) };
    const ledger = new Ledger([over, second]);
    handOver(ledger, second, NOW_MS);
    expect(ledger.get(bindingKey(second))?.todo).toMatchObject({ kind: 'deliver', parked: false });
    expect(ledger.get(bindingKey(over))?.todo).toBeUndefined();
  });

  it('goes over to the next event when the first one was released as a guest’s', () => {
    const ledger = new Ledger([{ ...first, guest: true }, second]);
    read(tombstone('first'), ledger);
    const [kept, next] = [...ledger.all()].sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
    expect(kept).toMatchObject({ eventId: 'first', state: 'away', delivered: '' });
    expect(next).toMatchObject({ ...second, delivered: first.delivered, todo: toDo() });
  });
});

describe('a conference that is handed over', () => {
  const first = bindingOf({ eventId: 'first', bornMs: NOW_MS - 2 * HOUR_MS, endsMs: NOW_MS - 1, delivered: 'AAAAAA' });
  const next = bindingOf({ eventId: 'next' });

  it('has the occurrences of its next event read', () => {
    const ledger = new Ledger([first, next]);
    handOver(ledger, next, NOW_MS);
    expect(ledger.get(bindingKey(next))).toMatchObject({
      delivered: 'AAAAAA',
      unread: true,
      todo: { kind: 'deliver' },
    });
  });

  it('leaves a settlement of the other event standing', () => {
    const settling = { ...first, todo: toDo({ kind: 'settle' as const }) };
    const ledger = new Ledger([settling, next]);
    handOver(ledger, next, NOW_MS);
    expect(ledger.get(bindingKey(first))).toEqual({ ...settling, delivered: '' });
  });

  it('is not touched again when nothing changes', () => {
    const ledger = new Ledger([first, next]);
    handOver(ledger, next, NOW_MS);
    ledger.takeTouched();
    handOver(ledger, next, NOW_MS);
    expect([...ledger.takeTouched()].filter((key) => key === bindingKey(first))).toEqual([]);
  });

  it('is not delivered from an event that refers to it in vain', () => {
    const ledger = new Ledger([first, { ...next, state: 'broken' }]);
    handOver(ledger, next, NOW_MS);
    expect(ledger.get(bindingKey(next))?.todo).toBeUndefined();
  });
});

describe('the occurrences that were told while another series drove', () => {
  const first = bindingOf({ eventId: 'first', state: 'ending', delivered: 'AAAAAA' });
  const second = bindingOf({ eventId: 'second' });
  const slot = '_20260317T090000Z';
  const told = bindingOf({ eventId: `first${slot}`, series: 'first', delivered: 'BBBBBB', todo: toDo() });
  const remembered = (...bindings: Binding[]) => {
    const ledger = new Ledger([first, second, ...bindings]);
    handOver(ledger, second, NOW_MS);
    return ledger.all().filter(({ series }) => series !== undefined);
  };

  it('are those of the next one, which does not know what is left of them', () => {
    const { todo: _todo, ...rest } = told;
    expect(remembered(told)).toEqual([{ ...rest, eventId: `second${slot}`, series: 'second', delivered: '?' }]);
  });

  it('make those of the next one uncertain where they are the same', () => {
    const own = bindingOf({ eventId: `second${slot}`, series: 'second', delivered: 'CCCCCC' });
    expect(remembered(told, own)).toEqual([{ ...own, delivered: '?' }]);
  });

  it('take no place of an occurrence that has the conference on its own', () => {
    expect(remembered(told, bindingOf({ eventId: `second${slot}` }))).toEqual([]);
  });

  it('are forgotten where nothing was told, or where they are not named after their series', () => {
    expect(remembered({ ...told, delivered: '' }, { ...told, eventId: 'word' })).toEqual([]);
  });
});
