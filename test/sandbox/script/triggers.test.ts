import { MemoryRecords } from '../../../sandbox/world/records';
import { ADD_ON, ANN, BEN, resultOf, Stage } from './support/stage';

const SOURCE = `
  function install(calendarId) { return ScriptApp.newTrigger('syncEvents').forUserCalendar(calendarId).onEventUpdated().create().getUniqueId(); }
  function hourly() { ScriptApp.newTrigger('tick').timeBased().everyHours(1).create(); }
  function syncEvents(e) { const store = PropertiesService.getUserProperties();
    store.setProperty('seen', (store.getProperty('seen') || '') + JSON.stringify(e) + ';');
    store.setProperty('isEnum', e.authMode === ScriptApp.AuthMode.FULL); }
  function tick(e) { const store = PropertiesService.getUserProperties(); store.setProperty('ticks', (store.getProperty('ticks') || '') + Date.now() + ' '); }
  function list() { return ScriptApp.getProjectTriggers().map((t) => [t.getHandlerFunction(), String(t.getEventType()), String(t.getTriggerSource()), t.getTriggerSourceId(),
    t.getEventType() === ScriptApp.EventType.ON_EVENT_UPDATED]); }
  function clear() { ScriptApp.getProjectTriggers().forEach((t) => ScriptApp.deleteTrigger(t)); }`;

function installed(options = {}) {
  const stage = new Stage(SOURCE, options);
  const uid = resultOf(stage.run('install', [ANN]));
  const seen = (): number => (stage.host.userProperties(ANN).seen ?? '').split(';').length - 1;
  return { stage, uid, seen };
}

describe('a calendar trigger', () => {
  it('fires after a change, as its creator, with authMode, calendarId and triggerUid only', () => {
    const { stage, uid } = installed();
    stage.changed();
    stage.advance(60_000);
    expect(stage.host.userProperties(ANN)).toEqual({
      seen: `${JSON.stringify({ authMode: 'FULL', calendarId: ANN, triggerUid: uid })};`,
      isEnum: 'true',
    });
  });

  it('is listed for its creator only, and can be deleted by them', () => {
    const { stage } = installed();
    expect(resultOf(stage.run('list'))).toEqual([['syncEvents', 'ON_EVENT_UPDATED', 'CALENDAR', ANN, true]]);
    expect(resultOf(stage.run('list', [], 'manual', BEN))).toEqual([]);
    stage.run('clear', [], 'manual', BEN);
    expect(stage.host.triggers()).toHaveLength(1);
    stage.run('clear');
    stage.changed();
    expect(stage.host.nextDueMs()).toBeUndefined();
  });

  it('fires for every user who watches the calendar', () => {
    const { stage } = installed();
    stage.run('install', [ANN.toUpperCase()], 'manual', BEN);
    stage.changed();
    stage.advance(60_000);
    expect([ANN, BEN].map((user) => stage.host.userProperties(user).isEnum)).toEqual(['true', 'true']);
  });

  it('fires twice when there are two of it', () => {
    const { stage, seen } = installed();
    stage.run('install', [ANN]);
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(2);
  });

  it('cannot be made on "primary", nor on a calendar that is not there', () => {
    const { stage } = installed();
    expect(resultOf(stage.run('install', ['primary']))).toMatch(
      /^Exception: Failed to create trigger: calendar primary/,
    );
    expect(resultOf(stage.run('install', ['nobody']))).toMatch(/^Exception: Failed to create trigger: calendar nobody/);
  });

  it('is one of at most 20 of a user', () => {
    const { stage } = installed();
    for (let i = 1; i < 20; i++) expect(stage.run('install', [ANN]).ok).toBe(true);
    expect(resultOf(stage.run('install', [ANN]))).toBe(
      'Exception: This script has too many triggers. Triggers must be deleted from the script before more can be added.',
    );
    expect(stage.run('install', [ANN], 'manual', BEN).ok).toBe(true);
  });

  it('hears of API writes only where the switch says so', () => {
    const refiring = installed();
    refiring.stage.changed(ANN, 'api');
    expect(refiring.stage.host.nextDueMs()).toBeDefined();
    const silent = installed({ switches: { apiWritesFireTriggers: false } });
    silent.stage.changed(ANN, 'api');
    expect(silent.stage.host.nextDueMs()).toBeUndefined();
    silent.stage.changed(ANN, 'editor');
    expect(silent.stage.host.nextDueMs()).toBeDefined();
  });

  it('fires once per change, or once for what came together where the switch says so', () => {
    for (const [triggersCoalesce, times] of [
      [false, 3],
      [true, 1],
    ] as const) {
      const { stage, seen } = installed({ switches: { triggersCoalesce } });
      for (let i = 0; i < 3; i++) stage.changed();
      stage.advance(60_000);
      expect(seen()).toBe(times);
    }
  });

  it('is lost, doubled or late when that is planned', () => {
    const { stage, seen } = installed();
    stage.faults.next('trigger.syncEvents', { kind: 'drop' });
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(0);
    stage.faults.next('trigger.syncEvents', { kind: 'double' });
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(2);
    stage.faults.next('trigger.syncEvents', { kind: 'delay', ms: 120_000 });
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(2);
    stage.advance(120_000);
    expect(seen()).toBe(3);
  });

  it('fails visibly when its handler is gone', () => {
    const { stage } = installed();
    const later = new Stage('function other() {}', { records: stage.records });
    later.changed();
    later.advance(60_000);
    expect(later.lines('execution').at(-1)).toMatch(/Script function not found: syncEvents/);
  });

  it('waits in the records: a firing that was queued or had begun comes again after a restart', () => {
    const { stage } = installed();
    stage.changed();
    const copy = new MemoryRecords();
    for (const kind of stage.records.kinds()) {
      for (const [key, record] of stage.records.entries(kind)) copy.put(kind, key, record);
    }
    const later = new Stage(SOURCE, { records: copy });
    later.advance(60_000);
    expect(later.host.userProperties(ANN).isEnum).toBe('true');
    expect(copy.kinds().filter((kind) => kind.startsWith('script.firing'))).toEqual([]);
  });

  it('gets an id that no trigger had before a restart', () => {
    const { stage, uid } = installed();
    const later = new Stage(SOURCE, { records: stage.records });
    expect(resultOf(later.run('install', [ANN]))).not.toBe(uid);
    expect(later.host.triggers()).toHaveLength(2);
  });

  it('comes late, now and then not at all and now and then twice, with typical latency', () => {
    const { stage } = installed({ latency: 'typical' });
    for (let i = 0; i < 1000; i++) stage.changed();
    const lines = stage.lines('trigger');
    const share = (end: string) => lines.filter((line) => line.endsWith(end)).length / 1000;
    expect(share('lost')).toBeGreaterThan(0.001);
    expect(share('lost')).toBeLessThan(0.02);
    expect(share('doubled')).toBeGreaterThan(0.002);
    expect(share('doubled')).toBeLessThan(0.03);
    const delays = lines
      .map((line) => /fires in (\d+) ms/.exec(line)?.[1])
      .filter((ms) => ms !== undefined)
      .map(Number);
    const median = delays.sort((a, b) => a - b)[Math.floor(delays.length / 2)] as number;
    expect(median).toBeGreaterThan(4000);
    expect(median).toBeLessThan(6000);
  });
});

describe('a clock trigger', () => {
  it('fires about every hour', () => {
    const stage = new Stage(SOURCE);
    const from = stage.clock.nowMs();
    stage.run('hourly');
    stage.advance(5 * 3_600_000 + 60_000);
    const hours = (stage.host.userProperties(ANN).ticks ?? '')
      .trim()
      .split(' ')
      .map((at) => (Number(at) - from) / 3_600_000);
    expect(hours.map(Math.floor)).toEqual([1, 2, 3, 4, 5]);
    for (const hour of hours) expect(hour % 1).toBeLessThan(1 / 60);
  });

  it('may run every minute in a script, not in an add-on', () => {
    const source = "function main() { ScriptApp.newTrigger('main').timeBased().everyMinutes(1).create(); }";
    expect(new Stage(source).run('main').ok).toBe(true);
    expect(resultOf(new Stage(source, { manifest: { addOns: ADD_ON } }).run('main'))).toBe(
      'Exception: An add-on may run a clock trigger at most once per hour.',
    );
  });

  it("fires once after a time; an add-on's not within the hour; and stays listed", () => {
    const source = `function main() { ScriptApp.newTrigger('once').timeBased().after(60000).create(); }
      function once() { PropertiesService.getUserProperties().setProperty('at', Date.now()); }
      function left() { return ScriptApp.getProjectTriggers().length; }`;
    const waited = (options = {}) => {
      const stage = new Stage(source, options);
      const from = stage.clock.nowMs();
      stage.run('main');
      stage.advance(3 * 3_600_000);
      expect(resultOf(stage.run('left'))).toBe(1);
      return Number(stage.host.userProperties(ANN).at) - from;
    };
    expect(waited()).toBe(60_000);
    expect(waited({ manifest: { addOns: ADD_ON } })).toBe(3_600_000);
    expect(waited({ manifest: { addOns: ADD_ON }, switches: { addOnOneShotsAtMostHourly: false } })).toBe(60_000);
  });

  it("fires daily at an hour of the script's zone", () => {
    const stage = new Stage(
      `function main() { ScriptApp.newTrigger('tick').timeBased().everyDays(1).atHour(9).create(); }
       function tick() { Logger.log(new Date().getHours()); }`,
      { manifest: { timeZone: 'Asia/Tokyo' } },
    );
    stage.run('main');
    stage.advance(3 * 24 * 3_600_000);
    expect(stage.lines('log')).toEqual(['INFO 9', 'INFO 9', 'INFO 9']);
  });
});

describe("a user's trigger time", () => {
  it('is 90 minutes a day for a consumer; what fires beyond is refused', () => {
    const stage =
      new Stage(`function main() { ScriptApp.newTrigger('slow').forUserCalendar('${ANN}').onEventUpdated().create(); }
      function slow() { Utilities.sleep(300000); console.log('slept'); }`);
    stage.run('main');
    for (let i = 0; i < 20; i++) {
      stage.changed();
      stage.advance(400_000);
    }
    expect(stage.lines('log')).toHaveLength(18);
    expect(stage.lines('execution').at(-1)).toBe('slow refused: Service using too much computer time for one day.');
    stage.advance(24 * 3_600_000);
    stage.changed();
    stage.advance(400_000);
    expect(stage.lines('log')).toHaveLength(19);
  });
});

describe('a trigger that Google has disabled', () => {
  it('is listed as before and fires no more, until it is made anew', () => {
    const { stage, seen } = installed();
    const listed = resultOf(stage.run('list'));
    stage.host.firedTriggers.disable(ANN);
    stage.changed();
    stage.advance(60_000);
    expect(resultOf(stage.run('list'))).toEqual(listed);
    expect(seen()).toBe(0);
    stage.run('clear');
    stage.run('install', [ANN]);
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(1);
  });

  it('is the one that is named; by a fault, the one that was about to fire', () => {
    const { stage, uid, seen } = installed();
    stage.run('install', [ANN]);
    stage.host.firedTriggers.disable(ANN, uid as string);
    stage.changed();
    stage.advance(60_000);
    expect(seen()).toBe(1);
    stage.faults.next('trigger.syncEvents', { kind: 'trigger-disabled' });
    for (let i = 0; i < 3; i++) {
      stage.changed();
      stage.advance(60_000);
    }
    expect(seen()).toBe(1);
    expect(stage.lines('trigger').filter((text) => text.endsWith('is disabled'))).toHaveLength(2);
  });

  it('is an hourly one, too', () => {
    const { stage } = installed();
    stage.run('hourly');
    stage.advance(2 * 3_601_000);
    const ticks = stage.host.userProperties(ANN).ticks;
    stage.host.firedTriggers.disable(ANN);
    stage.advance(5 * 3_600_000);
    expect(ticks).toMatch(/\d/);
    expect(stage.host.userProperties(ANN).ticks).toBe(ticks);
  });
});

describe('a grant that was taken back', () => {
  const source = `function status() { const info = ScriptApp.getAuthorizationInfo(ScriptApp.AuthMode.FULL);
      return [String(info.getAuthorizationStatus()), info.getAuthorizationStatus() === ScriptApp.AuthorizationStatus.REQUIRED, info.getAuthorizationUrl() !== null]; }
    function fetch() { UrlFetchApp.fetch('https://site.example.com/'); }
    function list() { Calendar.Events.list('${ANN}'); }
    function keep() { PropertiesService.getUserProperties().setProperty('k', 'v'); }`;

  it('is told, and stops calls to Calendar and the outside but not properties', () => {
    const stage = new Stage(source);
    expect(resultOf(stage.run('status'))).toEqual(['NOT_REQUIRED', false, false]);
    stage.host.revokeGrant(ANN);
    expect(resultOf(stage.run('status'))).toEqual(['REQUIRED', true, true]);
    for (const name of ['fetch', 'list']) {
      expect(resultOf(stage.run(name))).toBe('Exception: Authorization is required to perform that action.');
    }
    expect(stage.run('keep').ok).toBe(true);
    expect(resultOf(stage.run('status', [], 'manual', BEN))).toEqual(['NOT_REQUIRED', false, false]);
    stage.host.restoreGrant(ANN);
    expect(stage.run('fetch').ok).toBe(true);
  });

  it('never covered a scope that the manifest does not ask for', () => {
    const stage = new Stage(source, {
      manifest: { oauthScopes: ['https://www.googleapis.com/auth/calendar.readonly'] },
    });
    expect(resultOf(stage.run('fetch'))).toBe(
      'Exception: You do not have permission to call UrlFetchApp.fetch. Required permissions: https://www.googleapis.com/auth/script.external_request',
    );
  });
});
