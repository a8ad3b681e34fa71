/**
 * Whether a user's consent covers a call: the manifest's scopes, single ones that were left unticked, and a grant that may
 * be taken back as a whole.
 *
 * A manifest without oauthScopes gets what its code needs, as Apps Script infers scopes then.
 * Sources: developers.google.com/apps-script/concepts/scopes, section on granular permissions, and
 * reference/script/authorization-info. Wording of the refusals is observed, not documented.
 */
import type { Records } from '../world/records';
import type { SwitchSettings } from '../world/switches';
import type { AddOn } from './add-on';
import { ScriptException } from './exceptions';

const AUTH = 'https://www.googleapis.com/auth/';
export const SCOPES = {
  externalRequest: [`${AUTH}script.external_request`],
  scriptApp: [`${AUTH}script.scriptapp`],
  email: [`${AUTH}userinfo.email`],
  openEvent: [`${AUTH}calendar.addons.current.event.read`],
  locale: [`${AUTH}script.locale`],
  calendar: [
    `${AUTH}calendar`,
    `${AUTH}calendar.readonly`,
    `${AUTH}calendar.events`,
    `${AUTH}calendar.events.readonly`,
    `${AUTH}calendar.events.owned`,
    `${AUTH}calendar.events.owned.readonly`,
  ],
  calendarWrite: [`${AUTH}calendar`, `${AUTH}calendar.events`, `${AUTH}calendar.events.owned`],
} as const;

/** What a person withholds: everything, or single scopes. */
interface Withheld {
  revoked?: true;
  scopes?: string[];
}

/** As ScriptApp.getAuthorizationInfo tells it. */
export interface AuthorizationInfo {
  status: 'REQUIRED' | 'NOT_REQUIRED';
  url: string | null;
  authorized: string[] | null;
}

const REQUIRED = 'Authorization is required to perform that action.';

export class Authorization {
  constructor(
    private readonly records: Records,
    private readonly addOn: AddOn,
    private readonly switches: Pick<
      SwitchSettings,
      'scopeRefusal' | 'missingScopesPromptFirst' | 'authorizedScopesListed'
    >,
  ) {}

  /** The user takes the whole grant back; it stays so until `restore` or a new consent. */
  revoke(user: string): void {
    this.records.put(this.kind, user, { revoked: true } satisfies Withheld);
  }

  /** All is granted again. */
  restore(user: string): void {
    this.records.remove(this.kind, user);
  }

  isRevoked(user: string): boolean {
    return this.records.get<Withheld>(this.kind, user)?.revoked === true;
  }

  /** The user installs the add-on anew: everything is on the consent page, and what is in `without` is left unticked. */
  install(user: string, without: readonly string[] = []): void {
    this.withhold(user, without.map(this.named));
  }

  /** The user consents again: what was granted stays, and of the rest what is in `without` is left unticked. */
  consent(user: string, without: readonly string[] = []): void {
    const missing = new Set(this.scopes(user).missing);
    const left = without.map(this.named).filter((scope) => missing.has(scope));
    this.withhold(user, left);
  }

  /** The user takes back one scope of those the add-on has. */
  revokeScope(user: string, scope: string): void {
    this.withhold(user, [...new Set([...this.scopes(user).missing, this.named(scope)])]);
  }

  /** The manifest's scopes by name: granted ones, and those that are not. */
  scopes(user: string): { granted: string[]; missing: string[] } {
    const asked = this.addOn.manifest.oauthScopes ?? [];
    const { revoked, scopes = [] } = this.records.get<Withheld>(this.kind, user) ?? {};
    const isMissing = (scope: string) => revoked === true || scopes.includes(scope);
    return { granted: asked.filter((scope) => !isMissing(scope)), missing: asked.filter(isMissing) };
  }

  /** Whether one of these scopes is asked for (or none is asked for by name), and granted. */
  covers(user: string, scopes: readonly string[]): boolean {
    if (this.isRevoked(user)) return false;
    const { missing } = this.scopes(user);
    return scopes.some((scope) => this.isAsked(scope) && !missing.includes(scope));
  }

  /** Throws what the service would, unless the grant covers it. */
  require(user: string, service: { api: string; scopes?: readonly string[] }): void {
    const { api, scopes } = service;
    if (scopes === undefined) return;
    if (this.isRevoked(user)) throw new ScriptException(REQUIRED);
    if (scopes.length === 0 || this.covers(user, scopes)) return;
    // The advanced service may leave it to the API to refuse.
    const isAsked = scopes.some((scope) => this.isAsked(scope));
    if (api === 'Calendar' && isAsked && this.switches.scopeRefusal === 'by-api') return;
    const needed = `Required permissions: ${scopes.join(' || ')}`;
    throw new ScriptException(
      this.switches.scopeRefusal === 'specified'
        ? `Specified permissions are not sufficient to call ${api}. ${needed}`
        : `You do not have permission to call ${api}. ${needed}`,
    );
  }

  /** Why a function is not run for a person at all: Google asks them for what is missing first. */
  asksFirst(user: string, surface: string): string | undefined {
    const isPersons = surface === 'card' || surface === 'create' || surface === 'settings';
    if (!isPersons || !this.switches.missingScopesPromptFirst) return undefined;
    return this.info(user).status === 'REQUIRED' ? REQUIRED : undefined;
  }

  /** Of the named scopes, or of all that the manifest asks for. A name that it does not ask for is an error (documented). */
  info(user: string, scopes?: readonly string[]): AuthorizationInfo {
    const strange = scopes?.find((scope) => !this.isAsked(scope));
    if (strange !== undefined) throw new ScriptException(`The script does not require the scope ${strange}.`);
    const { granted, missing } = this.scopes(user);
    const isMissing = this.isRevoked(user) || (scopes ?? missing).some((scope) => missing.includes(scope));
    const told = scopes === undefined ? granted : granted.filter((scope) => scopes.includes(scope));
    return {
      status: isMissing ? 'REQUIRED' : 'NOT_REQUIRED',
      url: isMissing ? `https://script.google.com/macros/d/${this.addOn.scriptId}/authorize` : null,
      authorized: this.switches.authorizedScopesListed ? told : null,
    };
  }

  /** Ends the execution where one of these is missing, or any at all. */
  requireGranted(user: string, scopes?: readonly string[]): void {
    if (this.info(user, scopes).status === 'REQUIRED') throw new ScriptException(REQUIRED);
  }

  private isAsked(scope: string): boolean {
    const asked = this.addOn.manifest.oauthScopes;
    return asked === undefined || asked.includes(scope);
  }

  /** A scope may be given by its last part. Throws RangeError for one that the manifest does not ask for. */
  private readonly named = (given: string): string => {
    const asked = this.addOn.manifest.oauthScopes ?? [];
    const scope = given.startsWith('https://') ? given : AUTH + given;
    if (asked.includes(scope)) return scope;
    throw new RangeError(`The add-on does not ask for "${given}". It asks for ${asked.join(', ') || 'none by name'}.`);
  };

  private withhold(user: string, scopes: string[]): void {
    if (scopes.length === 0) this.records.remove(this.kind, user);
    else this.records.put(this.kind, user, { scopes } satisfies Withheld);
  }

  private get kind(): string {
    return `script.revoked/${this.addOn.scriptId}`;
  }
}
