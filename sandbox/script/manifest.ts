/**
 * Checks a manifest against the schema and what no schema can say; the errors name the field and what to do.
 */
import { Ajv, type ErrorObject } from 'ajv';
import { IANAZone } from 'luxon';
import { MANIFEST_SCHEMA, type Manifest } from './manifest-schema';
import { whitelistProblem } from './services/url-whitelist';

export type { ConferenceSolutionManifest, Manifest } from './manifest-schema';

const validate = new Ajv({ allErrors: true, strict: true }).compile<Manifest>(MANIFEST_SCHEMA);

/** `/addOns/calendar/conferenceSolution/0/id` as addOns.calendar.conferenceSolution[0].id */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replace(/~1/g, '/').replace(/~0/g, '~')}`))
    .join('')
    .replace(/^\./, '');
}

function sentence(error: ErrorObject): string {
  const path = pathOf(error.instancePath);
  const under = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'additionalProperties':
      return `${under(String(params.additionalProperty))} is no field of the manifest; remove it or correct its name.`;
    case 'required':
      return `${under(String(params.missingProperty))} is missing; add it.`;
    case 'enum':
      return `${path} must be one of ${(params.allowedValues as string[]).join(', ')}.`;
    case 'type':
      return `${path === '' ? 'The manifest' : path} must be of type ${params.type}.`;
    case 'pattern':
      return String(params.pattern).startsWith('^https')
        ? `${path} must be an https address.`
        : `${path} must be the name of a function or symbol, such as createConference.`;
    case 'minLength':
      return `${path} must not be empty.`;
    default:
      return `${path} ${error.message}.`;
  }
}

function furtherProblems(manifest: Manifest): string[] {
  const problems: string[] = [];
  if (manifest.timeZone !== undefined && !IANAZone.isValidZone(manifest.timeZone)) {
    problems.push(`timeZone "${manifest.timeZone}" is no IANA time zone; write it as Europe/Zurich.`);
  }
  (manifest.urlFetchWhitelist ?? []).forEach((entry, i) => {
    const problem = whitelistProblem(entry);
    if (problem !== undefined) problems.push(`urlFetchWhitelist[${i}] ${problem}.`);
  });
  const ids = new Set<string>();
  (manifest.addOns?.calendar?.conferenceSolution ?? []).forEach(({ id }, i) => {
    if (ids.has(id))
      problems.push(`addOns.calendar.conferenceSolution[${i}].id "${id}" is used twice; make it unique.`);
    ids.add(id);
  });
  return problems;
}

/** What is wrong with it, a sentence each; empty if nothing is. */
export function manifestProblems(manifest: unknown): string[] {
  if (validate(manifest)) return furtherProblems(manifest);
  return (validate.errors ?? []).map(sentence);
}

/** Every function the manifest names, with the path of the field that names it. */
export function namedFunctions(manifest: Manifest): Array<{ path: string; name: string }> {
  const { common, calendar } = manifest.addOns ?? {};
  const found: Array<{ path: string; name: string | undefined }> = [
    { path: 'addOns.common.homepageTrigger.runFunction', name: common?.homepageTrigger?.runFunction },
    { path: 'addOns.calendar.homepageTrigger.runFunction', name: calendar?.homepageTrigger?.runFunction },
    { path: 'addOns.calendar.eventOpenTrigger.runFunction', name: calendar?.eventOpenTrigger?.runFunction },
    { path: 'addOns.calendar.eventUpdateTrigger.runFunction', name: calendar?.eventUpdateTrigger?.runFunction },
    { path: 'addOns.calendar.eventAttachmentTrigger.runFunction', name: calendar?.eventAttachmentTrigger?.runFunction },
    { path: 'addOns.calendar.createSettingsUrlFunction', name: calendar?.createSettingsUrlFunction },
    ...(common?.universalActions ?? []).map(({ runFunction }, i) => ({
      path: `addOns.common.universalActions[${i}].runFunction`,
      name: runFunction,
    })),
    ...(calendar?.conferenceSolution ?? []).map(({ onCreateFunction }, i) => ({
      path: `addOns.calendar.conferenceSolution[${i}].onCreateFunction`,
      name: onCreateFunction,
    })),
  ];
  return found.filter((one): one is { path: string; name: string } => one.name !== undefined);
}
