/** A whole world whose add-on talks to a vendor's simulator: the configuration is built as an operator builds it. */
import { join } from 'node:path';
import { loadAddOn } from '../../sandbox/script/host';
import type { World } from '../../sandbox/whole-world';
import type { HttpExchange, HttpReply, Site } from '../../sandbox/world/exchange';
import { buildAll, ROOT } from '../bundle/builds';
import { Stage } from '../scenarios/stage';
import type { ApiDescription } from '../support/openapi';
import { GRANT } from './wire';

export interface VendorStageOptions<Server extends Site> {
  /** `zoom` for test/providers/zoom.config.ts; the solution's id as well. */
  name: string;
  host: string;
  tokenProperty: string;
  open(world: World): Server;
  /** How long services take. Left out: no time at all. */
  latency?: 'none' | 'typical';
  description?: Pick<ApiDescription, 'problems'> | undefined;
}

/**
 * A stage for each test of the file, with an add-on that is built now. After each test, whatever it was about: nothing broke
 * the vendor's description, and nothing was asked of the sandbox that it does not imitate.
 */
export function stageOfEachTest<Server extends Site>(options: VendorStageOptions<Server>) {
  const open = stages(options);
  let stage: ReturnType<typeof open>;
  beforeEach(() => {
    stage = open();
  });
  afterEach(() => {
    expect(stage.problems).toEqual([]);
    expect(stage.world.script.notSimulated()).toEqual([]);
  });
  return () => stage;
}

/** Builds the add-on now, and gives back what opens a stage with it. */
function stages<Server extends Site>(options: VendorStageOptions<Server>) {
  const { name, host, tokenProperty, open, description, latency = 'none' } = options;
  const out = join(ROOT, '.build', 'providers', name);
  const [built] = buildAll([{ config: join(ROOT, 'test/providers', `${name}.config.ts`), out }]);
  if (built?.functions === undefined) throw new Error(JSON.stringify(built));
  const addOn = loadAddOn(out);
  return () => {
    const stage = new Stage(addOn, { latency });
    const { world } = stage;
    const vendor = open(world);
    const requests: string[] = [];
    const problems: string[] = [];
    let limited = 0;
    const handle = (request: HttpExchange, by: string): HttpReply => {
      const reply = vendor.handle(request, by);
      const url = new URL(request.url);
      requests.push(`${request.method} ${url.pathname}`);
      if (reply.status === 429) limited++;
      problems.push(...(description?.problems(request, reply) ?? []));
      return reply;
    };
    world.internet.add(host, { handle });
    world.script.setScriptProperty(tokenProperty, GRANT);
    return {
      world,
      ana: stage.ana,
      newCalendar: stage.newCalendar,
      vendor,
      /** What broke the vendor's description. */
      problems,
      newRequests: () => requests.splice(0),
      /** How often the vendor said that it was asked too often. */
      refused: () => limited,
      meets: ((changes = {}) => stage.meeting({ conference: name, ...changes })) as Stage['meeting'],
    };
  };
}
