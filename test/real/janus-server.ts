/** A Janus that is started for a test, with nothing in it. */
import { type RunningJanus, startJanus as startIn } from '../../sandbox/real/janus';
import { freshFolder } from './process';
import { RealSite } from './real-site';

export { JANUS_INSTALLED, JANUS_SECRETS } from '../../sandbox/real/janus';

export interface JanusServer {
  /** Of the admin API, without its path. */
  url: string;
  site: RealSite;
  stop(): Promise<void>;
}

export async function startJanus(): Promise<JanusServer> {
  const folder = freshFolder();
  const running: RunningJanus = await startIn(folder.path);
  const site = new RealSite(running.adminUrl);
  return {
    url: running.adminUrl,
    site,
    async stop() {
      await site.close();
      await running.stop();
      folder.remove();
    },
  };
}
