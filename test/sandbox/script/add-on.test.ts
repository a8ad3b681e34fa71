import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadAddOn } from '../../../sandbox/script/add-on';

const LOGO = 'https://example.com/logo.png';
const MANIFEST = {
  timeZone: 'Europe/Zurich',
  runtimeVersion: 'V8',
  exceptionLogging: 'STACKDRIVER',
  oauthScopes: ['https://www.googleapis.com/auth/calendar.addons.execute'],
  urlFetchWhitelist: ['https://meet.example.com/'],
  dependencies: { enabledAdvancedServices: [{ userSymbol: 'Calendar', serviceId: 'calendar', version: 'v3' }] },
  addOns: {
    common: { name: 'Sample', logoUrl: LOGO, homepageTrigger: { runFunction: 'home' } },
    calendar: {
      conferenceSolution: [{ id: '1', name: 'Meet', logoUrl: LOGO, onCreateFunction: 'create' }],
      createSettingsUrlFunction: 'settings',
      currentEventAccess: 'READ',
    },
  },
};
const CODE = 'function home() {}\nconst create = () => {};\nvar settings = function () {};';

function folder(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'add-on-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

/** What loading says, without the folder's own name. */
function said(files: Record<string, string>): string {
  const dir = folder(files);
  try {
    loadAddOn(dir);
    return 'nothing';
  } catch (error) {
    return (error as Error).message.replaceAll(dir, 'DIR');
  }
}

type Changed = Record<string, unknown>;
const manifest = (changes: Changed): string => JSON.stringify({ ...MANIFEST, ...changes });
const withCalendar = (changes: Changed): string =>
  manifest({ addOns: { common: MANIFEST.addOns.common, calendar: { ...MANIFEST.addOns.calendar, ...changes } } });

describe('loading an add-on', () => {
  it('takes its scripts, its pages and its manifest', () => {
    const dir = folder({
      'appsscript.json': manifest({}),
      'Code.js': CODE,
      'b.gs': '',
      'p.html': '<p>',
      'README.md': '',
    });
    const addOn = loadAddOn(dir);
    expect(addOn.files.map(({ name }) => name)).toEqual(['b.gs', 'Code.js', 'p.html']);
    expect(addOn.manifest).toEqual(MANIFEST);
    expect(addOn.scriptId).toBe(loadAddOn(dir).scriptId);
  });

  it('says which folder or file is missing', () => {
    expect(said({ 'Code.js': '' })).toBe(
      'DIR/appsscript.json is missing; name the folder that is pushed to Apps Script.',
    );
    expect(said({ 'appsscript.json': manifest({}) })).toBe(
      'DIR holds no script file (.js or .gs); build the add-on first.',
    );
    expect(() => loadAddOn('/does/not/exist')).toThrow(
      '/does/not/exist is no folder that can be read; name the folder that holds appsscript.json.',
    );
  });

  it('says where JSON or script is broken', () => {
    expect(said({ 'appsscript.json': '{', 'Code.js': '' })).toMatch(
      /^DIR\/appsscript\.json is no valid JSON: .+ Correct it there\.$/,
    );
    expect(said({ 'appsscript.json': manifest({}), 'Code.js': 'function (' })).toMatch(
      /^DIR\/Code\.js does not parse as Apps Script would parse it: Unexpected token \(1:9\)/,
    );
  });

  it.each(['class A { x = 1; }', 'class A { #x() {} }', 'class A { static y = 1; }', 'export const a = 1;'])(
    'refuses syntax that Apps Script refuses: %s',
    (code) => {
      expect(said({ 'appsscript.json': manifest({}), 'Code.js': code })).toMatch(/build for es2020\.$/);
    },
  );

  it('refuses two files that Apps Script would take for one', () => {
    expect(said({ 'appsscript.json': manifest({}), 'Code.js': CODE, 'Code.gs': '' })).toBe(
      'DIR holds Code.js and Code.gs; Apps Script keeps one: remove the other.',
    );
  });

  it('says which function the manifest names in vain: without it no conference is made', () => {
    const [solution] = MANIFEST.addOns.calendar.conferenceSolution;
    const conferenceSolution = [{ ...solution, onCreateFunction: 'made' }];
    expect(said({ 'appsscript.json': withCalendar({ conferenceSolution }), 'Code.js': CODE })).toBe(
      'DIR/appsscript.json: addOns.calendar.conferenceSolution[0].onCreateFunction names made, but no script file ' +
        'declares a top-level function made. Declare it or correct the name.',
    );
  });

  it('warns of a trigger that names a function in vain, unless it is switched off', () => {
    const warnings = (trigger: Changed) =>
      loadAddOn(folder({ 'appsscript.json': withCalendar({ eventOpenTrigger: trigger }), 'Code.js': CODE })).warnings;
    expect(warnings({ runFunction: 'opened' })).toEqual([
      'addOns.calendar.eventOpenTrigger.runFunction names opened, but no script file declares a top-level function opened.',
    ]);
    expect(warnings({ runFunction: 'opened', enabled: false })).toBeUndefined();
    expect(warnings({ enabled: false })).toBeUndefined();
  });

  it('takes what a manifest says of other hosts, and a number for an id', () => {
    const { common, calendar } = MANIFEST.addOns;
    const conferenceSolution = [{ ...calendar.conferenceSolution[0], id: 1 }];
    const addOns = {
      common,
      calendar: { ...calendar, conferenceSolution },
      gmail: { contextualTriggers: [] },
      drive: {},
    };
    expect(said({ 'appsscript.json': manifest({ addOns }), 'Code.js': CODE })).toBe('nothing');
  });

  it('reads sub-folders, in the order in which clasp pushes files', () => {
    const names = (settings?: object, ignored?: string) => {
      const files: Record<string, string> = {
        'appsscript.json': manifest({}),
        'info.gs': '',
        'Settings.gs': '',
        'Code.js': CODE,
      };
      Object.assign(files, {
        'lib/b.gs': '',
        'lib/a.html': '<p>',
        'node_modules/x/x.js': 'import y',
        'lib/notes.md': '',
      });
      if (settings !== undefined) files['.clasp.json'] = JSON.stringify(settings);
      if (ignored !== undefined) files['.claspignore'] = ignored;
      return loadAddOn(folder(files)).files.map(({ name }) => name);
    };
    expect(names()).toEqual(['Code.js', 'info.gs', 'lib/a.html', 'lib/b.gs', 'Settings.gs']);
    expect(names({ filePushOrder: ['lib/b.gs', 'Settings.gs'] })).toEqual([
      'lib/b.gs',
      'Settings.gs',
      'Code.js',
      'info.gs',
      'lib/a.html',
    ]);
    expect(names({ skipSubdirectories: true })).toEqual(['Code.js', 'info.gs', 'Settings.gs']);
    expect(names({}, 'lib/**\n!lib/b.gs\n{info,Settings}.g?\n')).toEqual(['Code.js', 'lib/b.gs']);
  });

  it.each([
    [
      'an unknown field',
      manifest({ timezone: 'UTC' }),
      'timezone is no field of the manifest; remove it or correct its name.',
    ],
    [
      'a misprint of the documentation',
      withCalendar({ createSettingsFunction: 'settings' }),
      'addOns.calendar.createSettingsFunction is no field of the manifest; remove it or correct its name.',
    ],
    [
      'a trigger without a function',
      withCalendar({ eventOpenTrigger: {} }),
      'addOns.calendar.eventOpenTrigger.runFunction is missing; add it.',
    ],
    [
      'a missing field',
      withCalendar({ conferenceSolution: [{ id: '1', name: 'M', logoUrl: LOGO }] }),
      'addOns.calendar.conferenceSolution[0].onCreateFunction is missing; add it.',
    ],
    [
      'an id used twice',
      withCalendar({
        conferenceSolution: [
          MANIFEST.addOns.calendar.conferenceSolution[0],
          { ...MANIFEST.addOns.calendar.conferenceSolution[0], id: 1 },
        ],
      }),
      'addOns.calendar.conferenceSolution[1].id "1" is used twice; make it unique.',
    ],
    [
      'a logo without https',
      withCalendar({ conferenceSolution: [{ id: '1', name: 'M', logoUrl: 'http://x/', onCreateFunction: 'create' }] }),
      'addOns.calendar.conferenceSolution[0].logoUrl must be an https address.',
    ],
    [
      'an access that is none',
      withCalendar({ currentEventAccess: 'ALL' }),
      'addOns.calendar.currentEventAccess must be one of METADATA, READ, WRITE, READ_WRITE.',
    ],
    [
      'a whitelist entry without a path',
      manifest({ urlFetchWhitelist: ['https://api.example.com'] }),
      'urlFetchWhitelist[0] must have a path: write https://api.example.com/.',
    ],
    [
      'a zone that is none',
      manifest({ timeZone: 'Zurich' }),
      'timeZone "Zurich" is no IANA time zone; write it as Europe/Zurich.',
    ],
  ])('refuses %s in the manifest', (_what, text, sentence) => {
    expect(said({ 'appsscript.json': text, 'Code.js': CODE })).toBe(`DIR/appsscript.json: ${sentence}`);
  });
});
