/** A stage with Zoom or Webex as their own people find them: the configuration of examples/providers, and their consent. */
import { join } from 'node:path';
import { Browser, type Page } from '../../sandbox/oauth/browser';
import type { OAuthServerOptions } from '../../sandbox/oauth/granting';
import type { AddOn } from '../../sandbox/script/host';
import { loadAddOn } from '../../sandbox/script/host';
import { WEBEX_CLIENT, webexInWorld } from '../../sandbox/vendors/webex/in-world';
import { ZOOM_CLIENT, zoomInWorld } from '../../sandbox/vendors/zoom/in-world';
import { buildAll, makeFolder, ROOT } from '../bundle/builds';
import { Stage } from '../scenarios/stage';

export type VendorName = 'zoom' | 'webex';

const HOSTS = { zoom: /(^| )(zoom\.us\/oauth|api\.zoom\.us)/, webex: /(^| )webexapis\.com/ };
const EVENT = { summary: 'Design review', start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };

/** The add-ons of examples/providers, by name. */
export function exampleAddOns(): Record<VendorName, AddOn> {
  const folder = makeFolder();
  const built = (name: VendorName) => ({
    config: join(ROOT, `examples/providers/${name}.ts`),
    out: join(folder, name),
  });
  const wrong = buildAll([built('zoom'), built('webex')]).filter(({ functions }) => functions === undefined);
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return { zoom: loadAddOn(join(folder, 'zoom')), webex: loadAddOn(join(folder, 'webex')) };
}

export class VendorStage extends Stage {
  readonly oauth;
  private readonly vendor;
  readonly browser: Browser;

  constructor(
    readonly name: VendorName,
    addOn: AddOn,
    options: Partial<OAuthServerOptions> = {},
  ) {
    super(addOn);
    const { world } = this;
    const [install, client, prefix] =
      name === 'zoom'
        ? ([zoomInWorld, ZOOM_CLIENT, 'ZOOM'] as const)
        : ([webexInWorld, WEBEX_CLIENT, 'WEBEX'] as const);
    const { api, oauth } = install(world, options);
    this.vendor = api;
    this.oauth = oauth;
    this.browser = new Browser(world, this.ana.email);
    world.script.setScriptProperty(`${prefix}_CLIENT_ID`, client.id);
    world.script.setScriptProperty(`${prefix}_CLIENT_SECRET`, client.secret);
  }

  readonly meets = (summary = EVENT.summary) => this.meeting({ ...EVENT, summary, conference: this.name });

  /** What the editor shows of a create: the refusal, or nothing. */
  readonly refusal = (person = this.ana): { errorType?: string; authenticationUrl?: string } | undefined => {
    const draft = person.drafts({ ...EVENT, conference: this.name });
    person.discards(draft);
    return draft.conference?.state === 'failed' ? draft.conference.shown : undefined;
  };

  /** Ana goes where she is sent, says who she is there, and agrees. */
  readonly connects = (url = this.refusal()?.authenticationUrl ?? this.buttonUrl() ?? ''): Page => {
    this.browser.opens(url);
    return this.browser.sends({ account: 'ana-there', decision: 'allow' });
  };

  readonly buttonUrl = (): string | undefined => /"authorizationUrl":"([^"]+)"/.exec(this.cardOf())?.[1];

  /** Whose the vendor's meetings are, and what they are called. */
  readonly kept = (): string[] =>
    this.vendor.meetings().map((one) => ('topic' in one ? `${one.hostId}: ${one.topic}` : `${one.host}: ${one.title}`));

  /** Requests to the vendor so far, oldest first, without their ids. */
  readonly asked = (): string[] =>
    this.world.trace
      .entries()
      .filter(({ kind, text }) => kind === 'internet' && HOSTS[this.name].test(text))
      .map(({ text }) => text.replace(/\/meetings\/\S+/, '/meetings/…'));
}
