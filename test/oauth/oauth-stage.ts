/** A stage whose conference server wants a grant of each person's own, from an OAuth server beside it. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, type Page } from '../../sandbox/oauth/browser';
import type { OAuthServerOptions } from '../../sandbox/oauth/granting';
import { ProtectedSite } from '../../sandbox/oauth/protected-site';
import { OAuthServer } from '../../sandbox/oauth/server';
import type { AddOn } from '../../sandbox/script/host';
import { loadAddOn } from '../../sandbox/script/host';
import { callbackAddress } from '../../sandbox/script/user-callback';
import type { WorldOptions } from '../../sandbox/whole-world';
import { buildAll, makeFolder } from '../bundle/builds';
import { Stage } from '../scenarios/stage';

export const ISSUER = 'https://id.example.com';
export const CLIENT_ID = 'lockstep-client';
export const CLIENT_SECRET = 'client-secret-canary';

const PERSONAL = `{
  kind: 'oauth2', authorizationUrl: '${ISSUER}/authorize', tokenUrl: '${ISSUER}/token', revocationUrl: '${ISSUER}/revoke',
  scopes: ['meetings:write'], clientIdProperty: 'MEET_CLIENT', clientSecretProperty: 'MEET_SECRET', pkce: true,
  issuer: '${ISSUER}',
}`;
const ORGANISATION = `{
  kind: 'client-credentials', tokenUrl: '${ISSUER}/token', scopes: ['meetings:write'],
  clientIdProperty: 'MEET_CLIENT', clientSecretProperty: 'MEET_SECRET',
}`;

/** An add-on with one solution for each provider; their credentials as source text. */
export function addOnWith(auths: Readonly<Record<string, string>>): AddOn {
  const folder = makeFolder();
  const config = join(folder, 'add-on.ts');
  const out = join(folder, 'out');
  const solutions = Object.keys(auths).map(
    (provider) => `{ id: 'example-${provider}', name: 'Example ${provider}', logoUrl, provider: '${provider}' },`,
  );
  const providers = Object.entries(auths).map(
    ([provider, auth]) => `${provider}: exampleMeet({ baseUrl: 'https://meet.example.com/v1', auth: ${auth} }),`,
  );
  writeFileSync(
    config,
    `import { defineAddOn, exampleMeet } from 'lockstep';
     const logoUrl = 'https://lh3.googleusercontent.com/lockstep-logo';
     export default defineAddOn({
       name: 'Lockstep', logoUrl, timeZone: 'Europe/Zurich',
       solutions: [${solutions.join(' ')}],
       providers: { ${providers.join(' ')} },
     });`,
  );
  try {
    const [answer] = buildAll([{ config, out }]);
    if (answer?.functions === undefined) throw new Error(answer?.refusal ?? answer?.fault);
    return loadAddOn(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function personalAddOn(): AddOn {
  return addOnWith({ meet: PERSONAL });
}

export function organisationAddOn(): AddOn {
  return addOnWith({ meet: ORGANISATION });
}

export class OAuthStage extends Stage {
  readonly oauth: OAuthServer;
  readonly site: ProtectedSite;
  readonly browser: Browser;

  constructor(addOn: AddOn, server: Partial<OAuthServerOptions> = {}, options: Omit<WorldOptions, 'addOn'> = {}) {
    super(addOn, options);
    const { clock, records, random, internet, conferences, script } = this.world;
    this.oauth = new OAuthServer({
      clock,
      records,
      random: random.fork('oauth'),
      issuer: ISSUER,
      clients: [
        {
          id: CLIENT_ID,
          secret: CLIENT_SECRET,
          redirectUris: [callbackAddress(script.scriptId)],
          pkce: true,
          ownGrant: true,
        },
      ],
      ...server,
    });
    this.site = new ProtectedSite(conferences, this.oauth);
    internet.add('id.example.com', this.oauth);
    internet.add('meet.example.com', this.site);
    this.browser = new Browser(this.world, this.ana.email);
    script.setScriptProperty('MEET_CLIENT', CLIENT_ID);
    script.setScriptProperty('MEET_SECRET', CLIENT_SECRET);
  }

  /** What Ana's editor shows instead of a conference. */
  readonly refusedCreate = (): { errorType?: string; authenticationUrl?: string } => {
    const draft = this.ana.drafts({ ...EVENT, conference: 'example-meet' });
    this.ana.discards(draft);
    if (draft.conference?.state !== 'failed') throw new Error('The create was not refused.');
    return draft.conference.shown;
  };

  /** Ana opens the address, says who she is, and agrees. */
  readonly connects = (url = this.refusedCreate().authenticationUrl ?? ''): Page => {
    this.browser.opens(url);
    return this.browser.sends({ account: 'ana-at-vendor', decision: 'allow' });
  };

  /** The address behind the home card's button, if there is one. */
  readonly buttonUrl = (): string | undefined => {
    const urls = [...this.cardOf().matchAll(/"authorizationUrl":"([^"]+)"/g)].map(([, url]) => url as string);
    if (urls.length > 1) throw new Error(`${urls.length} buttons instead of one.`);
    return urls[0];
  };

  /** Requests to the OAuth server's endpoints so far, oldest first, as `POST /token -> 200`. */
  readonly asked = (): string[] => {
    return this.world.trace
      .entries()
      .filter(({ kind, text }) => kind === 'internet' && /id\.example\.com\/(token|revoke)/.test(text))
      .map(({ text }) => text.replace('id.example.com', ''));
  };
}

export const EVENT = {
  summary: 'Design review',
  start: '2026-03-03T10:00:00',
  end: '2026-03-03T11:00:00',
  timeZone: 'Europe/Zurich',
};
