/**
 * Checks a manifest as strictly as Google's own definition reads, because nothing else does before the server sees it.
 *
 * Written from googleapis/google/apps/script/type/{script_manifest,extension_point}.proto and
 * calendar/calendar_addon_manifest.proto, cut to what a Calendar add-on can use.
 */
import { Ajv } from 'ajv';

const text = { type: 'string', minLength: 1 };
const https = { type: 'string', pattern: '^https://' };
const functionName = { type: 'string', pattern: '^[A-Za-z_$][\\w$]*$' };
const strict = (properties: Record<string, unknown>, required: string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const list = (items: unknown, minItems = 0) => ({ type: 'array', items, minItems, uniqueItems: true });
const trigger = strict({ runFunction: functionName, enabled: { type: 'boolean' } });
const runFunction = strict({ runFunction: functionName }, ['runFunction']);

const COMMON = strict(
  {
    name: text,
    logoUrl: https,
    layoutProperties: strict({ primaryColor: text, secondaryColor: text }),
    useLocaleFromApp: { type: 'boolean' },
    homepageTrigger: trigger,
    universalActions: list(strict({ label: text, openLink: https, runFunction: functionName }, ['label'])),
    openLinkUrlPrefixes: list(text),
  },
  ['name', 'logoUrl'],
);

const CALENDAR = strict({
  homepageTrigger: trigger,
  conferenceSolution: list(
    strict({ onCreateFunction: functionName, id: text, name: text, logoUrl: https }, [
      'onCreateFunction',
      'id',
      'name',
      'logoUrl',
    ]),
    1,
  ),
  createSettingsUrlFunction: functionName,
  eventOpenTrigger: runFunction,
  eventUpdateTrigger: runFunction,
  currentEventAccess: { enum: ['METADATA', 'READ', 'WRITE', 'READ_WRITE'] },
});

const MANIFEST = strict(
  {
    timeZone: text,
    runtimeVersion: { const: 'V8' },
    exceptionLogging: { enum: ['NONE', 'STACKDRIVER'] },
    oauthScopes: list({ type: 'string', pattern: '^https://www\\.googleapis\\.com/auth/[\\w.]+$' }, 1),
    urlFetchWhitelist: list({ type: 'string', pattern: '^https://(\\*\\.)?[A-Za-z0-9.-]+(:\\d+)?/\\S*$' }),
    dependencies: strict({
      enabledAdvancedServices: list(
        strict({ userSymbol: text, serviceId: text, version: text }, ['userSymbol', 'serviceId', 'version']),
      ),
      libraries: list(
        strict({ userSymbol: text, libraryId: text, version: text, developmentMode: { type: 'boolean' } }, [
          'userSymbol',
          'libraryId',
          'version',
        ]),
      ),
    }),
    webapp: strict(
      {
        access: { enum: ['MYSELF', 'DOMAIN', 'ANYONE', 'ANYONE_ANONYMOUS'] },
        executeAs: { enum: ['USER_ACCESSING', 'USER_DEPLOYING'] },
      },
      ['access', 'executeAs'],
    ),
    addOns: strict({ common: COMMON, calendar: CALENDAR }, ['common', 'calendar']),
  },
  ['timeZone', 'runtimeVersion', 'oauthScopes', 'addOns'],
);

/** One sentence per problem, with the field's path. `globals` are the functions the bundle declares. */
export function checkManifest(manifest: unknown, globals: readonly string[]): string[] {
  const validate = new Ajv({ allErrors: true }).compile(MANIFEST);
  validate(manifest);
  const shape = (validate.errors ?? []).map((error) => {
    const at = error.instancePath.slice(1).replace(/\//g, '.') || 'appsscript.json';
    const extra = (error.params as { additionalProperty?: string }).additionalProperty;
    return extra !== undefined ? `${at}.${extra}: is not a field Google knows here.` : `${at}: ${error.message}.`;
  });
  const missing = functionsNamed(manifest)
    .filter(({ name }) => !globals.includes(name))
    .map(({ at, name }) => `${at}: no function "${name}" in the bundle; it has ${globals.join(', ')}.`);
  return [...shape, ...missing, ...localeProblems(manifest)];
}

const LOCALE_SCOPE = 'https://www.googleapis.com/auth/script.locale';

/** Google tells a person's language only to an add-on with both, and people should not be asked for a scope in vain. */
function localeProblems(manifest: unknown): string[] {
  const { addOns, oauthScopes } = (manifest ?? {}) as {
    addOns?: { common?: { useLocaleFromApp?: unknown } };
    oauthScopes?: unknown;
  };
  const isTold = addOns?.common?.useLocaleFromApp === true;
  const isAsked = Array.isArray(oauthScopes) && oauthScopes.includes(LOCALE_SCOPE);
  if (isTold === isAsked) return [];
  return isTold
    ? [`addOns.common.useLocaleFromApp: takes the scope ${LOCALE_SCOPE} in oauthScopes.`]
    : [`oauthScopes: ${LOCALE_SCOPE} is of no use without addOns.common.useLocaleFromApp.`];
}

/** Every function a manifest names, with the path of the field. */
export function functionsNamed(manifest: unknown, at = ''): Array<{ at: string; name: string }> {
  if (typeof manifest !== 'object' || manifest === null) return [];
  return Object.entries(manifest).flatMap(([key, value]) => {
    const path = at === '' ? key : `${at}.${key}`;
    const names = /^(runFunction|onCreateFunction|createSettingsUrlFunction)$/.test(key) && typeof value === 'string';
    return names ? [{ at: path, name: value as string }] : functionsNamed(value, path);
  });
}
