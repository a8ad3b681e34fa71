/**
 * The manifest (appsscript.json) as a strict schema: what is not listed is refused, so that a misspelling is found here
 * and not by Google. Written from googleapis google/apps/script/type/{script_manifest,extension_point}.proto and
 * calendar/calendar_addon_manifest.proto, and developers.google.com/apps-script/manifest.
 */
interface Trigger {
  /** Needed unless the trigger is switched off. */
  runFunction?: string;
  enabled?: boolean;
}

export interface ConferenceSolutionManifest {
  /** Google's own sample writes a number, which its reader of manifests takes for text. */
  id: string | number;
  name: string;
  logoUrl: string;
  onCreateFunction: string;
}

export interface Manifest {
  timeZone?: string;
  runtimeVersion?: string;
  exceptionLogging?: string;
  oauthScopes?: string[];
  urlFetchWhitelist?: string[];
  dependencies?: {
    enabledAdvancedServices?: Array<{ userSymbol: string; serviceId: string; version: string }>;
    libraries?: Array<{ userSymbol: string; libraryId: string; version: string; developmentMode?: boolean }>;
  };
  webapp?: { access?: string; executeAs?: string };
  executionApi?: { access?: string };
  addOns?: {
    common: {
      name: string;
      logoUrl: string;
      layoutProperties?: { primaryColor?: string; secondaryColor?: string };
      useLocaleFromApp?: boolean;
      homepageTrigger?: Trigger;
      universalActions?: Array<{ label: string; openLink?: string; runFunction?: string }>;
      openLinkUrlPrefixes?: string[];
    };
    calendar?: {
      homepageTrigger?: Trigger;
      conferenceSolution?: ConferenceSolutionManifest[];
      createSettingsUrlFunction?: string;
      eventOpenTrigger?: Trigger;
      eventUpdateTrigger?: Trigger;
      eventAttachmentTrigger?: Trigger & { label?: string };
      currentEventAccess?: string;
    };
  };
}

type Schema = { [key: string]: unknown };

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
/** What Apps Script can call by name. */
const functionName: Schema = { type: 'string', pattern: '^[A-Za-z_$][\\w$]*$' };
const httpsUrl: Schema = { type: 'string', pattern: '^https://[^/\\s]+' };

function object(properties: Record<string, Schema>, required: string[] = []): Schema {
  return { type: 'object', additionalProperties: false, properties, required };
}

function list(items: Schema): Schema {
  return { type: 'array', items };
}

function oneOf(...values: string[]): Schema {
  return { enum: values };
}

const trigger = object({ runFunction: functionName, enabled: flag });
/** What other hosts of an add-on are told is no business of Calendar. */
const elsewhere: Schema = { type: 'object' };

const common = object(
  {
    name: text,
    logoUrl: httpsUrl,
    layoutProperties: object({ primaryColor: text, secondaryColor: text }),
    useLocaleFromApp: flag,
    homepageTrigger: trigger,
    universalActions: list(object({ label: text, openLink: httpsUrl, runFunction: functionName }, ['label'])),
    openLinkUrlPrefixes: list(text),
  },
  ['name', 'logoUrl'],
);

const calendar = object({
  homepageTrigger: trigger,
  conferenceSolution: list(
    object(
      { id: { anyOf: [text, { type: 'number' }] }, name: text, logoUrl: httpsUrl, onCreateFunction: functionName },
      ['id', 'name', 'logoUrl', 'onCreateFunction'],
    ),
  ),
  createSettingsUrlFunction: functionName,
  eventOpenTrigger: trigger,
  eventUpdateTrigger: trigger,
  eventAttachmentTrigger: object({ runFunction: functionName, label: text, enabled: flag }),
  currentEventAccess: oneOf('METADATA', 'READ', 'WRITE', 'READ_WRITE'),
});

export const MANIFEST_SCHEMA = object({
  timeZone: text,
  runtimeVersion: oneOf('V8', 'STABLE'),
  exceptionLogging: oneOf('NONE', 'STACKDRIVER'),
  oauthScopes: list(httpsUrl),
  urlFetchWhitelist: list(text),
  dependencies: object({
    enabledAdvancedServices: list(
      object({ userSymbol: functionName, serviceId: text, version: text }, ['userSymbol', 'serviceId', 'version']),
    ),
    libraries: list(
      object({ userSymbol: functionName, libraryId: text, version: text, developmentMode: flag }, [
        'userSymbol',
        'libraryId',
        'version',
      ]),
    ),
  }),
  webapp: object({
    access: oneOf('MYSELF', 'DOMAIN', 'ANYONE', 'ANYONE_ANONYMOUS'),
    executeAs: oneOf('USER_ACCESSING', 'USER_DEPLOYING'),
  }),
  executionApi: object({ access: oneOf('MYSELF', 'DOMAIN', 'ANYONE', 'ANYONE_ANONYMOUS') }),
  addOns: object(
    {
      ...{ common, calendar },
      ...{ chat: elsewhere, docs: elsewhere, drive: elsewhere, gmail: elsewhere, meet: elsewhere },
      ...{ sheets: elsewhere, slides: elsewhere, httpOptions: elsewhere },
    },
    ['common'],
  ),
  ...{ chat: elsewhere, gmail: elsewhere, sheets: elsewhere },
});
