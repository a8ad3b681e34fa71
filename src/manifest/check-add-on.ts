/**
 * Checks an operator's configuration. Runs in the build, never in the deployed script.
 *
 * Every problem names the field's path, what stands there and what is allowed.
 */
import type { AddOnConfig } from '../add-on';
import { createFunctionName } from '../add-on';
import { MEETING_FIELDS } from '../core/meeting';
import { DEFAULT_POLICIES } from '../core/policies';
import { checkOAuth, OAUTH_KINDS } from './check-oauth';
import { checkPassword } from './check-password';

type Problems = string[];

/** One sentence per problem; empty when the configuration is right. Takes anything: it may come from JavaScript. */
export function checkAddOn(given: unknown): string[] {
  const problems: Problems = [];
  if (!isRecord(given)) return ['config: the file must `export default defineAddOn({ … })`.'];
  const config = given as Partial<AddOnConfig>;
  checkKeys('config', given, ['name', 'logoUrl', 'timeZone', 'solutions', 'providers', 'policies'], problems);
  checkText('name', config.name, 50, problems);
  checkLogo('logoUrl', config.logoUrl, problems);
  if (!isZone(config.timeZone))
    problems.push(`timeZone: ${show(config.timeZone)} is no IANA time zone, such as "Europe/Zurich".`);
  const providers = isRecord(config.providers) ? config.providers : {};
  if (Object.keys(providers).length === 0)
    problems.push('providers: name at least one provider, such as { meet: restProvider({ … }) }.');
  for (const [name, provider] of Object.entries(providers)) checkProvider(`providers.${name}`, provider, problems);
  checkSolutions(config.solutions, Object.keys(providers), problems);
  checkPolicies(config.policies, problems);
  return problems;
}

function checkSolutions(solutions: unknown, providers: readonly string[], problems: Problems): void {
  if (!Array.isArray(solutions) || solutions.length === 0) {
    problems.push('solutions: list at least one conference solution.');
    return;
  }
  const functions = new Map<string, number>();
  solutions.forEach((solution: unknown, i) => {
    const at = `solutions[${i}]`;
    if (!isRecord(solution)) {
      problems.push(`${at}: must be an object with id, name, logoUrl and provider.`);
      return;
    }
    checkKeys(at, solution, ['id', 'name', 'logoUrl', 'provider'], problems);
    const { id, name, provider } = solution;
    if (typeof id !== 'string' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || id.length > 40) {
      problems.push(
        `${at}.id: ${show(id)} must be lower-case letters, digits and single dashes, at most 40, beginning with a letter.`,
      );
    } else {
      const name = createFunctionName(id);
      const other = functions.get(name);
      if (other !== undefined)
        problems.push(`${at}.id: gives the same function ${name} as solutions[${other}].id; choose another.`);
      functions.set(name, i);
    }
    checkText(`${at}.name`, name, 30, problems);
    if (typeof name === 'string' && /google calendar/i.test(name)) {
      problems.push(`${at}.name: must not contain "Google Calendar" (Marketplace review).`);
    }
    checkLogo(`${at}.logoUrl`, solution.logoUrl, problems);
    if (typeof provider !== 'string' || !providers.includes(provider)) {
      problems.push(`${at}.provider: ${show(provider)} is not one of providers: ${providers.join(', ') || '(none)'}.`);
    }
  });
}

function checkProvider(at: string, provider: unknown, problems: Problems): void {
  if (!isRecord(provider) || typeof provider.create !== 'function' || !isRecord(provider.capabilities)) {
    problems.push(`${at}: is no provider; use restProvider({ … }) or one of src/providers.`);
    return;
  }
  const keeps: unknown[] = Array.isArray(provider.capabilities.keeps) ? provider.capabilities.keeps : [undefined];
  for (const field of keeps) {
    if (!(MEETING_FIELDS as readonly unknown[]).includes(field)) {
      problems.push(`${at}.keeps: ${show(field)} is not one of ${MEETING_FIELDS.join(', ')}.`);
    }
  }
  const { dailyRequests } = provider.capabilities;
  if (dailyRequests !== undefined && !(Number.isInteger(dailyRequests) && (dailyRequests as number) > 0)) {
    problems.push(`${at}.dailyRequests: ${show(dailyRequests)} must be a whole number above 0, or left out.`);
  }
  const prefixes: unknown[] = Array.isArray(provider.urlPrefixes) ? provider.urlPrefixes : [];
  const wrong = (prefixes.length > 0 ? prefixes : [undefined]).filter((prefix) => !isPrefix(prefix));
  problems.push(...new Set(wrong.map((prefix) => addressProblem(at, prefix, provider.baseUrl))));
  checkAuth(`${at}.auth`, provider.auth, problems);
}

/** https, a full host name, and a path that ends: no other address begins like it by chance. */
function isPrefix(prefix: unknown): boolean {
  return typeof prefix === 'string' && /^https:\/\/[a-z0-9.-]+\.[a-z0-9-]+(:\d+)?(\/[^\s/]+)*\/$/i.test(prefix);
}

/** Said of what stands in the configuration, if that is what is wrong, and not of the prefix that was made from it. */
function addressProblem(at: string, prefix: unknown, baseUrl: unknown): string {
  return prefix === undefined || (typeof baseUrl === 'string' && !isPrefix(`${baseUrl}/`))
    ? `${at}.baseUrl: ${show(baseUrl)} must be https with a full host name and no slash at the end, such as "https://api.vendor.example/v1".`
    : `${at}.urlPrefixes: ${show(prefix)} must be https with a full host name and a slash at the end, such as "https://api.vendor.example/v1/".`;
}

/** What each kind of credentials is written with, besides its kind. */
const AUTH_FIELDS = new Map<unknown, readonly string[]>([
  ['none', []],
  ['bearer', ['scriptProperty']],
  ['header', ['name', 'scriptProperty']],
  ['basic', ['user', 'scriptProperty']],
  ['body', ['scriptProperties']],
]);

/** Never shows a value: it may be the secret itself. */
function checkAuth(at: string, auth: unknown, problems: Problems): void {
  const given = isRecord(auth) ? auth : {};
  if (OAUTH_KINDS.includes(given.kind)) {
    problems.push(...checkOAuth(at, given));
    return;
  }
  if (given.kind === 'app-password') {
    problems.push(...checkPassword(at, given));
    return;
  }
  const fields = AUTH_FIELDS.get(given.kind);
  if (fields === undefined) {
    const kinds = [...AUTH_FIELDS.keys(), ...OAUTH_KINDS, 'app-password'].join(', ');
    problems.push(`${at}.kind: ${show(given.kind)} is not one of ${kinds}.`);
    return;
  }
  checkKeys(at, given, ['kind', ...fields], problems);
  for (const field of fields) {
    if (field === 'scriptProperties' ? isNames(given[field]) : isName(given[field])) continue;
    problems.push(
      field.startsWith('scriptPropert')
        ? `${at}.${field}: name the Script Property that holds the secret; never write the secret here.`
        : `${at}.${field}: must be a text; the secret itself stands in the Script Property.`,
    );
  }
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Paths of the body, such as `request.secret`, to names. */
function isNames(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length === 0) return false;
  return Object.entries(value).every(([path, name]) => /^\w+(\.\w+)*$/.test(path) && isName(name));
}

/** Bounds of the numbers: below, a promise would break; above, a person would wait in vain. */
export const POLICY_BOUNDS: Readonly<Record<string, readonly [number, number]>> = {
  graceMinutes: [0, 1_440],
  unsavedHours: [1, 168],
  keepEndedDays: [1, 365],
  parkAfterAttempts: [3, 200],
};

const POLICY_CHOICES: Readonly<Record<string, readonly string[]>> = {
  privateEvents: ['time-only', 'all'],
  vanishedEvents: ['keep', 'end'],
  brokenLinks: ['show', 'repair'],
  vendorChanges: ['calendar-wins', 'ask'],
};

function checkPolicies(policies: unknown, problems: Problems): void {
  if (policies === undefined) return;
  if (!isRecord(policies)) {
    problems.push('policies: must be an object.');
    return;
  }
  checkKeys('policies', policies, Object.keys(DEFAULT_POLICIES), problems);
  for (const [name, [least, most]] of Object.entries(POLICY_BOUNDS)) {
    const value = policies[name];
    if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) continue;
    problems.push(`policies.${name}: ${show(value)} must be a number from ${least} to ${most}.`);
  }
  for (const [name, allowed] of Object.entries(POLICY_CHOICES)) {
    const value = policies[name];
    if (value !== undefined && !allowed.includes(value as string)) {
      problems.push(`policies.${name}: ${show(value)} is not one of ${allowed.join(', ')}.`);
    }
  }
  const { placeholderTitle } = policies;
  if (placeholderTitle !== undefined) checkText('policies.placeholderTitle', placeholderTitle, 100, problems);
}

function checkKeys(at: string, value: Record<string, unknown>, allowed: readonly string[], problems: Problems): void {
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) problems.push(`${at}.${key}: is not known here; allowed are ${allowed.join(', ')}.`);
  }
}

function checkText(at: string, value: unknown, most: number, problems: Problems): void {
  if (typeof value !== 'string' || value.trim() === '' || value.length > most) {
    problems.push(`${at}: ${show(value)} must be a text of 1 to ${most} characters.`);
  }
}

function checkLogo(at: string, value: unknown, problems: Problems): void {
  if (typeof value !== 'string' || !value.startsWith('https://lh3.googleusercontent.com/')) {
    problems.push(`${at}: ${show(value)} must begin with https://lh3.googleusercontent.com/ (Marketplace review).`);
  }
}

function isZone(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (value === undefined) return '(missing)';
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
}
