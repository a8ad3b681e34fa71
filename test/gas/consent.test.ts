/** What Google tells of a person's consent, and what is made of it. */
import { personsConsent } from '../../src/gas/consent';
import type { Duty } from '../../src/ports/platform';

const AUTH = 'https://www.googleapis.com/auth/';
const DUTIES: Duty[] = ['calendar', 'provider', 'triggers', 'open-event'];
const ALL = [
  'calendar.events.readonly',
  'script.external_request',
  'script.scriptapp',
  'calendar.addons.current.event.read',
];

interface Told {
  granted: string[];
  asked?: string[];
  /** How getAuthorizedScopes answers. */
  listed?: 'list' | 'null' | 'missing';
  url?: string | null;
}

/** A ScriptApp as documented: of scopes that the manifest does not ask for it throws. */
function google({ granted, asked = ALL, listed = 'list', url = 'https://script.google.com/consent' }: Told) {
  const calls: Array<string[] | undefined> = [];
  const getAuthorizationInfo = (_mode: string, scopes?: string[]) => {
    calls.push(scopes);
    const wanted = scopes?.map((scope) => scope.slice(AUTH.length)) ?? asked;
    if (wanted.some((scope) => !asked.includes(scope))) throw new Error('The script does not require this scope.');
    const isMissing = wanted.some((scope) => !granted.includes(scope));
    const list = () => (listed === 'null' ? null : granted.map((scope) => AUTH + scope));
    return {
      getAuthorizationStatus: () => (isMissing ? 'REQUIRED' : 'NOT_REQUIRED'),
      getAuthorizationUrl: () => (isMissing ? url : null),
      ...(listed !== 'missing' && { getAuthorizedScopes: list }),
    };
  };
  Object.assign(globalThis, { ScriptApp: { AuthMode: { FULL: 'FULL' }, getAuthorizationInfo } });
  const consent = personsConsent();
  return { calls, consent, lacking: () => DUTIES.filter((duty) => consent.lacks(duty)) };
}

afterAll(() => {
  Reflect.deleteProperty(globalThis, 'ScriptApp');
});

describe('the consent of a person', () => {
  it('lacks nothing where nothing is missing, and is asked once', () => {
    const { lacking, calls, consent } = google({ granted: ALL });
    expect(lacking()).toEqual([]);
    expect(consent.consentUrl()).toBeUndefined();
    expect(calls).toEqual([undefined]);
  });

  it.each(['list', 'null', 'missing'] as const)(
    'lacks the duty whose scope is missing (scopes are told by: %s)',
    (listed) => {
      DUTIES.forEach((duty, i) => {
        const { lacking, consent } = google({ granted: ALL.filter((_, at) => at !== i), listed });
        expect(lacking()).toEqual([duty]);
        expect(consent.consentUrl()).toBe('https://script.google.com/consent');
      });
      expect(google({ granted: [], listed }).lacking()).toEqual(DUTIES);
    },
  );

  it.each(['list', 'null'] as const)(
    'covers reading with the scope to write, where that is what is asked for (%s)',
    (listed) => {
      const asked = ['calendar.events', ...ALL.slice(1)];
      expect(google({ asked, granted: ['calendar.events'], listed }).lacking()).toEqual(DUTIES.slice(1));
      expect(google({ asked, granted: ALL.slice(1), listed }).lacking()).toEqual(['calendar']);
    },
  );

  it('lacks nothing that an add-on does not need', () => {
    const asked = [...ALL, 'calendar.addons.execute'];
    const { lacking, consent } = google({ asked, granted: ALL });
    expect(lacking()).toEqual([]);
    expect(consent.consentUrl()).toBe('https://script.google.com/consent');
  });

  it('has no address where Google names none', () => {
    expect(google({ granted: [], url: null }).consent.consentUrl()).toBeUndefined();
  });

  it('counts as whole where Google does not answer', () => {
    const { consent } = google({ granted: [] });
    Object.assign(globalThis, { ScriptApp: { AuthMode: { FULL: 'FULL' } } });
    expect(consent.lacks('calendar')).toBe(false);
  });
});
