/** An ejabberd that is started for a test, with nothing in it. */
import { startEjabberd as startIn } from '../../sandbox/real/ejabberd';
import { freshFolder } from './process';
import { RealSite } from './real-site';

export { EJABBERD_INSTALLED, EJABBERD_USER } from '../../sandbox/real/ejabberd';

export interface EjabberdServer {
  site: RealSite;
  stop(): Promise<void>;
}

export async function startEjabberd(): Promise<EjabberdServer> {
  const folder = freshFolder();
  const running = await startIn(folder.path);
  const site = new RealSite(running.url);
  return {
    site,
    async stop() {
      await site.close();
      await running.stop();
      folder.remove();
    },
  };
}
