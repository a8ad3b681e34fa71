import { buildAddOn, buildSandbox } from '../esbuild.config.mjs';

/** What is deployed and what runs it are built once, before the first test. */
export default async function buildOnce() {
  await buildSandbox();
  await buildAddOn({});
}
