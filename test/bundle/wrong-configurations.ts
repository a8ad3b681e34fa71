/** A right configuration as source text, what can be wrong with it, and what the build says then. */

/** The parts that a case replaces. */
const PARTS = {
  name: "name: 'Rooms',",
  logoUrl: "logoUrl: 'https://lh3.googleusercontent.com/rooms',",
  timeZone: "timeZone: 'Europe/Oslo',",
  id: "id: 'daily-room',",
  solutionName: "name: 'Daily room',",
  solutionLogo: "logoUrl: 'https://lh3.googleusercontent.com/rooms',",
  provider: "provider: 'rooms',",
  moreSolutions: '',
  baseUrl: "baseUrl: 'https://rooms.example/v1',",
  auth: "auth: { kind: 'bearer', scriptProperty: 'ROOMS_TOKEN' },",
  keeps: "keeps: ['title', 'time'],",
  quota: 'dailyRequests: 100,',
  rooms: '',
  policies: 'policies: { graceMinutes: 10 },',
};

export function configText(changed: Partial<typeof PARTS> = {}): string {
  const part = { ...PARTS, ...changed };
  return `
    import { defineAddOn, restProvider } from 'lockstep';
    export default defineAddOn({
      ${part.name} ${part.logoUrl} ${part.timeZone}
      solutions: [{ ${part.id} ${part.solutionName} ${part.solutionLogo} ${part.provider} }, ${part.moreSolutions}],
      providers: {
        rooms: ${part.rooms} restProvider({
          ${part.baseUrl} ${part.auth} ${part.keeps} ${part.quota}
          create: { method: 'POST', path: '/rooms', body: ({ title }) => ({ title }), conference: () => undefined },
        }),
      },
      ${part.policies}
    });
  `;
}

const SECOND_SOLUTION =
  "{ id: 'daily-room', name: 'Other room', logoUrl: 'https://lh3.googleusercontent.com/rooms', provider: 'rooms' }";

export interface WrongCase {
  what: string;
  text?: string;
  says: string[];
}

const change = (what: string, changed: Partial<typeof PARTS>, ...says: string[]): WrongCase => ({
  what,
  text: configText(changed),
  says,
});

/** Case number i is written to wrong-<i>.ts; without a text it is not written at all. */
export const WRONG: WrongCase[] = [
  change('no name', { name: '' }, 'name: (missing) must be a text of 1 to 50 characters.'),
  change('a name of blanks', { name: "name: '  '," }, 'name: "  " must be a text of 1 to 50 characters.'),
  change(
    'a logo elsewhere',
    { logoUrl: "logoUrl: 'https://rooms.example/logo.png'," },
    'logoUrl: "https://rooms.example/logo.png" must begin with https://lh3.googleusercontent.com/',
  ),
  change(
    'a zone that is none',
    { timeZone: "timeZone: 'Europe/Atlantis'," },
    'timeZone: "Europe/Atlantis" is no IANA time zone, such as "Europe/Zurich".',
  ),
  change(
    'an unknown field',
    { policies: "policies: {}, colour: 'red'," },
    'config.colour: is not known here; allowed are name, logoUrl, timeZone, solutions, providers, policies.',
  ),
  change(
    'an unknown field of a solution',
    { provider: "provider: 'rooms', icon: 1," },
    'solutions[0].icon: is not known here; allowed are id, name, logoUrl, provider.',
  ),
  change(
    'two solutions with one function',
    { moreSolutions: SECOND_SOLUTION },
    'solutions[1].id: gives the same function createDailyRoom as solutions[0].id; choose another.',
  ),
  change(
    'an id with capitals',
    { id: "id: 'DailyRoom'," },
    'solutions[0].id: "DailyRoom" must be lower-case letters, digits and single dashes',
  ),
  change(
    'a long solution name',
    { solutionName: `name: '${'x'.repeat(31)}',` },
    'solutions[0].name:',
    'must be a text of 1 to 30 characters.',
  ),
  change(
    'a solution named after Google Calendar',
    { solutionName: "name: 'My Google Calendar'," },
    'solutions[0].name: must not contain "Google Calendar"',
  ),
  change(
    'an unknown provider',
    { provider: "provider: 'zoom'," },
    'solutions[0].provider: "zoom" is not one of providers: rooms.',
  ),
  change(
    'a provider that is none',
    { rooms: "{ url: 'https://rooms.example' }, other:" },
    'providers.rooms: is no provider; use restProvider({ … }) or one of src/providers.',
  ),
  change(
    'http',
    { baseUrl: "baseUrl: 'http://rooms.example/v1'," },
    'providers.rooms.baseUrl: "http://rooms.example/v1" must be https with a full host name',
  ),
  change(
    'a host without a domain',
    { baseUrl: "baseUrl: 'https://localhost/v1'," },
    'providers.rooms.baseUrl: "https://localhost/v1" must be https with a full host name',
  ),
  change(
    'requests to a path that does not end, and so to others that begin alike',
    {
      rooms: `{ capabilities: { keeps: [] }, create() {}, auth: { kind: 'none' },
        urlPrefixes: ['https://rooms.example/v1'] }, other:`,
    },
    'providers.rooms.urlPrefixes: "https://rooms.example/v1" must be https with a full host name and a slash at the end',
  ),
  change(
    'a slash at the end of the address',
    { baseUrl: "baseUrl: 'https://rooms.example/v1/'," },
    'providers.rooms.baseUrl: "https://rooms.example/v1/" must be https with a full host name and no slash at the end',
  ),
  change(
    'an unknown field to keep',
    { keeps: "keeps: ['title', 'mood']," },
    'providers.rooms.keeps: "mood" is not one of title, description, time, recurrence, guests.',
  ),
  change(
    'an unknown kind of credentials',
    { auth: "auth: { kind: 'password' }," },
    'providers.rooms.auth.kind: "password" is not one of none, bearer, header, basic, body, oauth2, client-credentials, app-password.',
  ),
  change(
    'a secret instead of its property',
    { auth: "auth: { kind: 'bearer', token: 's3cr3t' }," },
    'providers.rooms.auth.token: is not known here; allowed are kind, scriptProperty.',
    'providers.rooms.auth.scriptProperty: name the Script Property that holds the secret; never write the secret here.',
  ),
  change(
    'a header without its name',
    { auth: "auth: { kind: 'header', scriptProperty: 'KEY' }," },
    'providers.rooms.auth.name: must be a text',
  ),
  change(
    'a policy above its bound',
    { policies: 'policies: { graceMinutes: 1441 },' },
    'policies.graceMinutes: 1441 must be a number from 0 to 1440.',
  ),
  change(
    'a policy below its bound',
    { policies: 'policies: { parkAfterAttempts: 2 },' },
    'policies.parkAfterAttempts: 2 must be a number from 3 to 200.',
  ),
  change(
    'a policy that is no number',
    { policies: 'policies: { keepEndedDays: NaN },' },
    'policies.keepEndedDays: NaN must be a number from 1 to 365.',
  ),
  change(
    'a policy that is not known',
    { policies: 'policies: { graceHours: 1 },' },
    'policies.graceHours: is not known here; allowed are graceMinutes,',
  ),
  change(
    'a word that is not a choice',
    { policies: "policies: { privateEvents: 'none' }," },
    'policies.privateEvents: "none" is not one of time-only, all.',
  ),
  {
    what: 'no solution',
    text: "export default { name: 'X', solutions: [], providers: {} };",
    says: ['solutions: list at least one conference solution.', 'providers: name at least one provider'],
  },
  {
    what: 'no default export',
    text: 'export const config = {};',
    says: ['config: the file must `export default defineAddOn({ … })`.'],
  },
  {
    what: 'broken TypeScript',
    text: 'export default {\n  name: "X",\n  solutions: [[}]\n};',
    says: ['does not build.', '.ts:3: Unexpected "}"'],
  },
  {
    what: 'an import that is not there',
    text: "import { zoom } from './zoom';\nexport default zoom;",
    says: ['does not build.', '.ts:1: Could not resolve "./zoom"'],
  },
  {
    what: 'a service of Google while it is read',
    text: 'export default PropertiesService.getScriptProperties();',
    says: ['cannot be evaluated: PropertiesService is not defined'],
  },
  { what: 'a file that is absent', says: ['.ts does not exist. Name your configuration with --config FILE.'] },
  change(
    'a secret in the body without the name of its property',
    { auth: "auth: { kind: 'body', scriptProperties: { 'request.secret': '' } }," },
    'providers.rooms.auth.scriptProperties: name the Script Property that holds the secret; never write the secret here.',
  ),
  change(
    'a quota of nothing',
    { quota: 'dailyRequests: 0,' },
    'providers.rooms.dailyRequests: 0 must be a whole number above 0, or left out.',
  ),
];
