import type { AddOn } from '../../../sandbox/script/add-on';
import { createWorld } from '../../../sandbox/whole-world';
import './support/stage';
import { ADD_ON, ANN, resultOf } from './support/stage';

const LOGO = 'https://example.com/logo.png';
const SOURCE = `
  function create(arg) {
    const { calendarId } = arg.eventData;
    if (!ScriptApp.getProjectTriggers().length) ScriptApp.newTrigger('changed').forUserCalendar(calendarId).onEventUpdated().create();
    const C = ConferenceDataService;
    return C.newConferenceDataBuilder().setConferenceId('c-' + arg.eventData.eventId)
      .addEntryPoint(C.newEntryPoint().setEntryPointType(C.EntryPointType.VIDEO).setUri('https://meet.example.com/j/1')).build();
  }
  function changed(e) {
    const store = PropertiesService.getUserProperties();
    const token = store.getProperty('token');
    const answer = Calendar.Events.list(e.calendarId, token ? { syncToken: token, showDeleted: true } : { showDeleted: true });
    store.setProperties({ token: answer.nextSyncToken, titles: answer.items.map((item) => item.summary).join() });
  }
  function insert(title) {
    return Calendar.Events.insert({ summary: title, start: { dateTime: '2026-03-03T09:00:00Z' }, end: { dateTime: '2026-03-03T10:00:00Z' } }, 'primary').id;
  }
  function stale(id) {
    try { Calendar.Events.patch({ summary: 'x' }, 'primary', id, {}, { 'If-Match': '"0"' }); } catch (e) { return [e.details.code, e.message]; }
  }`;

const addOn: AddOn = {
  manifest: {
    timeZone: 'UTC',
    dependencies: { enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }] },
    addOns: {
      ...ADD_ON,
      calendar: { conferenceSolution: [{ id: 's', name: 'Meet', logoUrl: LOGO, onCreateFunction: 'create' }] },
    },
  },
  files: [{ name: 'Code.js', source: SOURCE }],
  scriptId: 'script-1',
};

function world(latency: 'none' | 'typical' = 'none') {
  const made = createWorld({ addOn, latency });
  made.addUser(ANN);
  const run = (name: string, ...args: never[]) => resultOf(made.script.run(ANN, name, args, 'create'));
  return { world: made, run };
}

describe('an add-on in the world', () => {
  it('hears of every change through its trigger and reads it with its sync token', () => {
    const { world: made, run } = world();
    run('create', { eventData: { calendarId: ANN, eventId: 'draft1' } } as never);
    run('insert', 'first' as never);
    made.settle();
    expect(made.script.userProperties(ANN).titles).toBe('first');
    run('insert', 'second' as never);
    made.settle();
    expect(made.script.userProperties(ANN).titles).toBe('second');
  });

  it("gets Calendar's refusals as exceptions with details", () => {
    const { run } = world();
    const id = run('insert', 'first' as never);
    expect(run('stale', id as never)).toEqual([
      412,
      'API call to calendar.events.patch failed with error: Precondition Failed',
    ]);
  });

  it('meets the faults planned for Calendar: statuses, thrown sentences, kills', () => {
    const { world: made, run } = world();
    made.faults.next('calendar.events.insert', { kind: 'status', status: 503 });
    expect(run('insert', 'a' as never)).toMatch(
      /^GoogleJsonResponseException: API call to calendar.events.insert failed/,
    );
    made.faults.next('calendar.events.insert', { kind: 'throw', message: 'Empty response' });
    expect(run('insert', 'a' as never)).toBe('Exception: Empty response');
    made.faults.next('script.calendar.events.insert', { kind: 'kill', when: 'after' });
    expect(run('insert', 'b' as never)).toBe('killed: killed by a planned fault, after the call');
    const listed = made.calendar.handle(ANN, { method: 'events.list', params: { calendarId: 'primary' } });
    expect((listed.body as { items: Array<{ summary: string }> }).items.map((item) => item.summary)).toEqual(['b']);
  });

  it('stops hearing of changes once it is uninstalled, and keeps its properties', () => {
    const { world: made, run } = world();
    run('create', { eventData: { calendarId: ANN, eventId: 'draft1' } } as never);
    run('insert', 'first' as never);
    made.settle();
    made.script.uninstall(ANN);
    run('insert', 'second' as never);
    made.settle();
    expect(made.script.userProperties(ANN).titles).toBe('first');
  });

  it('leaves the same trace from the same seed, with latency, byte for byte', () => {
    const story = () => {
      const { world: made, run } = world('typical');
      run('create', { eventData: { calendarId: ANN, eventId: 'draft1' } } as never);
      for (const title of ['a', 'b', 'c']) run('insert', title as never);
      made.settle();
      return JSON.stringify(made.trace.entries());
    };
    expect(story()).toBe(story());
  });
});
