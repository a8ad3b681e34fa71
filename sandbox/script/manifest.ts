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
  for (const { path, trigger } of triggersOf(manifest)) {
    const isOn = trigger !== undefined && trigger.enabled !== false;
    if (isOn && trigger.runFunction === undefined) problems.push(`${path}.runFunction is missing; add it.`);
  }
  const ids = new Set<string>();
  (manifest.addOns?.calendar?.conferenceSolution ?? []).forEach(({ id: written }, i) => {
    const id = String(written);
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

function triggersOf(manifest: Manifest) {
  const { common, calendar } = manifest.addOns ?? {};
  return [
    { path: 'addOns.common.homepageTrigger', trigger: common?.homepageTrigger },
    { path: 'addOns.calendar.homepageTrigger', trigger: calendar?.homepageTrigger },
    { path: 'addOns.calendar.eventOpenTrigger', trigger: calendar?.eventOpenTrigger },
    { path: 'addOns.calendar.eventUpdateTrigger', trigger: calendar?.eventUpdateTrigger },
    { path: 'addOns.calendar.eventAttachmentTrigger', trigger: calendar?.eventAttachmentTrigger },
  ];
}

/** Every function that the manifest names and that can come to run, with the path of the field that names it. */
export function namedFunctions(manifest: Manifest): Array<{ path: string; name: string }> {
  const { common, calendar } = manifest.addOns ?? {};
  const found: Array<{ path: string; name: string | undefined }> = [
    ...triggersOf(manifest).map(({ path, trigger }) => ({
      path: `${path}.runFunction`,
      name: trigger?.enabled === false ? undefined : trigger?.runFunction,
    })),
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
