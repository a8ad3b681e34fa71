/** A stage with Zoom, Webex or Teams as their own people find them: the configuration of examples/providers, and their consent. */
import { join } from 'node:path';
import { Browser, type Page } from '../../sandbox/oauth/browser';
import type { OAuthServerOptions } from '../../sandbox/oauth/granting';
import type { AddOn } from '../../sandbox/script/host';
import { loadAddOn } from '../../sandbox/script/host';
import { TEAMS_CLIENT, teamsInWorld } from '../../sandbox/vendors/teams/in-world';
import type { TeamsMeeting } from '../../sandbox/vendors/teams/meeting';
import { WEBEX_CLIENT, webexInWorld } from '../../sandbox/vendors/webex/in-world';
import type { WebexMeeting } from '../../sandbox/vendors/webex/meeting';
import { ZOOM_CLIENT, zoomInWorld } from '../../sandbox/vendors/zoom/in-world';
import type { ZoomMeeting } from '../../sandbox/vendors/zoom/meeting';
import { buildAll, makeFolder, ROOT } from '../bundle/builds';
import { Stage } from '../scenarios/stage';

export type VendorName = 'zoom' | 'webex' | 'teams';

const HOSTS = {
  zoom: /(^| )(zoom\.us\/oauth|api\.zoom\.us)/,
  webex: /(^| )webexapis\.com/,
  teams: /(^| )(login\.microsoftonline|graph\.microsoft)\.com/,
};
const VENDORS = {
  zoom: [zoomInWorld, ZOOM_CLIENT, 'ZOOM'],
  webex: [webexInWorld, WEBEX_CLIENT, 'WEBEX'],
  teams: [teamsInWorld, TEAMS_CLIENT, 'TEAMS'],
} as const;
const EVENT = { summary: 'Design review', start: '2026-03-03T10:00:00', end: '2026-03-03T11:00:00' };

/** The add-ons of examples/providers, by name. */
export function exampleAddOns(): Record<VendorName, AddOn> {
  const folder = makeFolder();
  const built = (name: VendorName) => ({
    config: join(ROOT, `examples/providers/${name}.ts`),
    out: join(folder, name),
  });
  const wrong = buildAll([built('zoom'), built('webex'), built('teams')]).filter(
    ({ functions }) => functions === undefined,
  );
  if (wrong.length > 0) throw new Error(JSON.stringify(wrong));
  return {
    zoom: loadAddOn(join(folder, 'zoom')),
    webex: loadAddOn(join(folder, 'webex')),
    teams: loadAddOn(join(folder, 'teams')),
  };
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
    const [install, client, prefix] = VENDORS[name];
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
  readonly connects = (
    url = this.refusal()?.authenticationUrl ?? this.buttonUrl() ?? '',
    account = 'ana-there',
  ): Page => {
    this.browser.opens(url);
    return this.browser.sends({ account, decision: 'allow' });
  };

  /** Ana disconnects, and connects with another account of hers, or that one again. */
  readonly changesTo = (account: string): Page => {
    this.disconnects();
    return this.connects(undefined, account);
  };

  readonly disconnects = (): void => {
    const parameters = { provider: this.name };
    this.world.script.run(this.ana.email, 'signOut', [{ commonEventObject: { parameters } }], 'card');
  };

  readonly buttonUrl = (): string | undefined => /"authorizationUrl":"([^"]+)"/.exec(this.cardOf())?.[1];

  /** Where the editor sends Ana to connect; '' while it does not. */
  readonly refusedUrl = (): string => this.refusal()?.authenticationUrl ?? '';

  /** All that the settings card says. */
  readonly settingsCard = (): string =>
    JSON.stringify(this.world.runCard(this.world.panel.menu(this.ana.email, 'Settings')));

  /** What is kept of Ana's grant, as it stands in her properties; '' without one. */
  readonly grant = (): string => this.world.script.userProperties(this.ana.email)[`lockstep.grant.${this.name}`] ?? '';

  /** The host ends all meetings on the vendor's own pages. */
  readonly hostEndsAll = (): void => {
    for (const { id } of this.vendor.meetings()) this.vendor.hostEnds(String(id));
  };

  /** The host changes all meetings there. */
  readonly hostChanges = (change: { title?: string; startMs?: number }): void => {
    for (const { id } of this.vendor.meetings()) this.vendor.hostChanges(String(id), change);
  };

  /** When the vendor's meetings begin. */
  readonly startsMs = (): Array<number | undefined> => this.vendor.meetings().map(({ startMs }) => startMs);

  /** Whose the vendor's meetings are, and what they are called. */
  readonly kept = (): string[] => this.vendor.meetings().map(ownerAndTitle);

  /** Requests to the vendor so far, oldest first, without their ids. */
  readonly asked = (): string[] =>
    this.world.trace
      .entries()
      .filter(({ kind, text }) => kind === 'internet' && HOSTS[this.name].test(text))
      .map(({ text }) => text.replace(/\/meetings\/\S+/, '/meetings/…'));
}

function ownerAndTitle(one: ZoomMeeting | WebexMeeting | TeamsMeeting): string {
  if ('topic' in one) return `${one.hostId}: ${one.topic}`;
  return 'host' in one ? `${one.host}: ${one.title}` : `${one.organizer}: ${one.subject}`;
}
