/** What `--provider` knows. Each has a configuration of the same name in examples/providers. */
import { installEjabberd } from './ejabberd';
import {
  installJitsi,
  installNextcloudTalk,
  installPersonalNextcloudTalk,
  installTeams,
  installWebex,
  installWhereby,
  installZoom,
} from './imitated';
import { installJanus } from './janus';
import type { Install } from './provider';

/** The sample's conference server stands in every world. */
const installSample: Install = () => undefined;

export const PROVIDERS: Readonly<Record<string, Install>> = {
  sample: installSample,
  zoom: installZoom,
  webex: installWebex,
  teams: installTeams,
  'nextcloud-talk': installNextcloudTalk,
  'nextcloud-talk-personal': installPersonalNextcloudTalk,
  jitsi: installJitsi,
  whereby: installWhereby,
  janus: installJanus,
  ejabberd: installEjabberd,
};
