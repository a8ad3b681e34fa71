/**
 * Builds our add-on with one policy changed: the conference of an unsaved event waits two hours, not a day, so that the
 * quiet after a simulated day need not last one. Everything else is what is deployed.
 *
 * Once for each conference service that is played. They know the add-on by a key in a Script Property, but for those at which
 * people connect accounts of their own.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAddOn } from '../../esbuild.config.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = join(ROOT, '.build/simulation');

/** The providers that stand in for the one of src/config.ts. */
const PROVIDERS = {
  'rule-only': `restProvider({
    baseUrl: 'https://meet.example.com/v1',
    auth,
    keeps: ['title', 'time', 'recurrence'],
    idempotencyHeader: 'Idempotency-Key',
    create: { method: 'POST', path: '/conferences', body, conference: ({ id, joinUrl }) => ({ id, joinUrl }) },
    update: { method: 'PATCH', path: (id) => \`/conferences/\${id}\`, body },
    cancel: { method: 'DELETE', path: (id) => \`/conferences/\${id}\` },
  })`,
  zoom: 'zoom({ auth })',
  webex: 'webex({ auth })',
  teams: 'teams({ auth })',
  'nextcloud-talk':
    "nextcloudTalk({ baseUrl: 'https://cloud.example.org', user: 'calendar', scriptProperty: 'SERVICE_KEY' })",
  whereby: "whereby({ scriptProperty: 'SERVICE_KEY' })",
  jitsi: "jitsiMeet({ baseUrl: 'https://meet.example.org' })",
  'zoom-people':
    "zoom({ auth: zoomPersonalGrant({ clientId: 'ZOOM_CLIENT_ID', clientSecret: 'ZOOM_CLIENT_SECRET' }) })",
  'webex-people': "webex({ auth: webexGrant({ clientId: 'WEBEX_CLIENT_ID', clientSecret: 'WEBEX_CLIENT_SECRET' }) })",
  'teams-people':
    "teams({ auth: teamsPersonalGrant({ clientId: 'TEAMS_CLIENT_ID', clientSecret: 'TEAMS_CLIENT_SECRET' }) })",
};

const IMPORTS = [
  'defineAddOn, jitsiMeet, nextcloudTalk, restProvider, teams, teamsPersonalGrant, webex, webexGrant, whereby, zoom',
  'zoomPersonalGrant',
].join(', ');

export const SERVICES = ['sample', ...Object.keys(PROVIDERS)];

/** Where the add-on for a service is left. */
function folderFor(service) {
  return join(FOLDER, service === 'sample' ? 'add-on' : `add-on-${service}`);
}

/** @param service as sandbox/simulation/services/all.ts has it. @returns the folder it is left in */
export async function buildWithShortWaits(service = 'sample') {
  const config = join(FOLDER, `config-${service}.mjs`);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(config, configFor(service).join('\n'));
  const { out } = await buildAddOn({ config, out: folderFor(service) });
  return out;
}

function configFor(service) {
  const provider = PROVIDERS[service];
  const logo = 'config.solutions[0].logoUrl';
  return [
    `import { ${IMPORTS} } from 'lockstep';`,
    `import config from ${JSON.stringify(join(ROOT, 'src/config.ts'))};`,
    "const auth = { kind: 'bearer', scriptProperty: 'SERVICE_KEY' };",
    'const moment = (at) => ("ms" in at ? { dateTime: new Date(at.ms).toISOString(), timeZone: at.timeZone } : { date: at.date });',
    'const body = ({ title, start, end, recurrence }) => ({ title, start: moment(start), end: moment(end), recurrence });',
    'export default defineAddOn({',
    '  ...config,',
    '  policies: { ...config.policies, unsavedHours: 2 },',
    ...(provider === undefined
      ? []
      : [
          `  solutions: [{ id: '${service}', name: '${service}', logoUrl: ${logo}, provider: '${service}' }],`,
          `  providers: { '${service}': ${provider} },`,
        ]),
    '});',
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const service of SERVICES) console.log(await buildWithShortWaits(service));
}
