/**
 * Ends what a failed create may have left. The person was told that there is no conference, so nobody has its link: once the
 * same create, sent again, has said which one it was, it is ended in the same pass.
 */
import type { Outcome } from '../core/outcome';
import type { Budget } from './budget';
import type { Solution, SyncDeps } from './deps';
import type { Intent } from './intents';
import type { Ended } from './provider-client';
import { begun, runOperations } from './provider-client';
import { faultOf } from './provider-fault';

/** @returns what the provider says to its end. */
export function endUnwanted(
  { word, solution: solutionId, conference }: Intent & { conference: string },
  { provider, providerName }: Solution,
  deps: SyncDeps,
  budget: Budget,
): Outcome | Ended {
  const job = {
    provider: providerName,
    operation: begun(() => provider.cancel(conference, `${word}-cancel`)),
    threw: (thrown: unknown) =>
      deps.log({ event: 'provider-fault', kind: 'cancel', solution: solutionId, ...faultOf(thrown, []) }),
  };
  return runOperations<Outcome>([job], deps.http, budget)[0] as Outcome | Ended;
}
