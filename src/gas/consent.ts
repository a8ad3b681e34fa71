/**
 * What a person has consented to, scope by scope. Google shows a box for each, and runs the add-on although some are unticked.
 *
 * All is asked for first: mostly nothing is missing. Which scopes are granted is a list, or, where Google gives none, a question
 * about each by name. Names that the manifest does not ask for are errors, so that the calendar's are tried one by one.
 *
 * Google: https://developers.google.com/apps-script/concepts/scopes and …/reference/script/authorization-info
 */
import type { Authorisation, Duty } from '../ports/platform';

const AUTH = 'https://www.googleapis.com/auth/';

/** Any one of these covers the duty. */
const SCOPES: Readonly<Record<Duty, readonly string[]>> = {
  calendar: [`${AUTH}calendar.events.readonly`, `${AUTH}calendar.events`],
  provider: [`${AUTH}script.external_request`],
  triggers: [`${AUTH}script.scriptapp`],
  'open-event': [`${AUTH}calendar.addons.current.event.read`],
};
const DUTIES = Object.keys(SCOPES) as Duty[];

/** The published types lack the newer forms. */
interface AuthorizationInfo {
  getAuthorizationStatus(): unknown;
  getAuthorizationUrl(): string | null;
  getAuthorizedScopes?(): string[] | null;
}
type Ask = (mode: unknown, scopes?: string[]) => AuthorizationInfo;

/** Asks once an execution: what a person grants meanwhile holds for the next one. */
export function personsConsent(): Authorisation {
  let told: { missing: ReadonlySet<Duty>; url?: string } | undefined;
  const consent = () => {
    told ??= readConsent();
    return told;
  };
  return { lacks: (duty) => consent().missing.has(duty), consentUrl: () => consent().url };
}

/** Where Google does not say, nothing counts as missing: the call that needs it will. */
function readConsent(): { missing: ReadonlySet<Duty>; url?: string } {
  const ask: Ask = (mode, ...scopes) => (ScriptApp.getAuthorizationInfo as unknown as Ask)(mode, ...scopes);
  try {
    const info = ask(ScriptApp.AuthMode.FULL);
    if (!isRequired(info)) return { missing: new Set() };
    const granted = info.getAuthorizedScopes?.();
    const isGranted = (scope: string) => (granted ? granted.includes(scope) : isGrantedByName(ask, scope));
    const missing = DUTIES.filter((duty) => !SCOPES[duty].some(isGranted));
    const url = info.getAuthorizationUrl();
    return { missing: new Set(missing), ...(url && { url }) };
  } catch {
    return { missing: new Set() };
  }
}

function isGrantedByName(ask: Ask, scope: string): boolean {
  try {
    return !isRequired(ask(ScriptApp.AuthMode.FULL, [scope]));
  } catch {
    return false;
  }
}

function isRequired(info: AuthorizationInfo): boolean {
  // Enum members are compared by name: it is what they stringify to.
  return String(info.getAuthorizationStatus()) === 'REQUIRED';
}
