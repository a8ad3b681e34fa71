/**
 * Whether a user's grant covers a call: the manifest's scopes, and a grant that may be taken back.
 *
 * A manifest without oauthScopes gets what its code needs, as Apps Script infers scopes then.
 * Wording of the refusals is observed, not documented.
 */
import type { Records } from '../world/records';
import type { AddOn } from './add-on';
import { ScriptException } from './exceptions';

const AUTH = 'https://www.googleapis.com/auth/';
export const SCOPES = {
  externalRequest: [`${AUTH}script.external_request`],
  scriptApp: [`${AUTH}script.scriptapp`],
  email: [`${AUTH}userinfo.email`],
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

export class Authorization {
  constructor(
    private readonly records: Records,
    private readonly addOn: AddOn,
  ) {}

  /** The user takes the grant back; it stays so until `restore`. */
  revoke(user: string): void {
    this.records.put(this.kind, user, { revoked: true });
  }

  restore(user: string): void {
    this.records.remove(this.kind, user);
  }

  isRevoked(user: string): boolean {
    return this.records.get(this.kind, user) !== undefined;
  }

  /** Whether the manifest asks for one of these scopes (or for none by name). */
  hasScope(scopes: readonly string[]): boolean {
    const asked = this.addOn.manifest.oauthScopes;
    return asked === undefined || scopes.some((scope) => asked.includes(scope));
  }

  /** Throws what the service would, unless the grant covers it. */
  require(user: string, service: { api: string; scopes?: readonly string[] }): void {
    if (service.scopes === undefined) return;
    if (this.isRevoked(user)) {
      throw new ScriptException('Authorization is required to perform that action.');
    }
    if (service.scopes.length === 0 || this.hasScope(service.scopes)) return;
    throw new ScriptException(
      `You do not have permission to call ${service.api}. Required permissions: ${service.scopes.join(' || ')}`,
    );
  }

  /** As ScriptApp.getAuthorizationInfo tells it. */
  info(user: string): { status: 'REQUIRED' | 'NOT_REQUIRED'; url: string | null } {
    if (!this.isRevoked(user)) return { status: 'NOT_REQUIRED', url: null };
    return { status: 'REQUIRED', url: `https://script.google.com/macros/d/${this.addOn.scriptId}/authorize` };
  }

  private get kind(): string {
    return `script.revoked/${this.addOn.scriptId}`;
  }
}
