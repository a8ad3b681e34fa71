/**
 * Conference-provider client: advances many operations together, one wave of requests at a time.
 *
 * An operation yields a request and is given the answer; all requests that are open at one moment go out in one
 * `fetchAll`. So fifty operations of three requests each take the time of three waves. An operation whose request got
 * no answer ends as `unavailable`, one whose first request lacks a grant as `unauthorised`; one that throws ends as `refused`
 * by a fault of the add-on's own, and the others go on.
 */
import { type Outcome, OWN_FAULT } from '../core/outcome';
import type { HttpAnswer, HttpFault, HttpPort, HttpRequest } from '../ports/http';
import type { Operation } from '../ports/provider';
import type { Budget } from './budget';

export interface Job<Result> {
  provider: string;
  operation: Operation<Result>;
  /** Told of each request as it goes out. */
  count?: ((request: HttpRequest) => void) | undefined;
  /** Told of what the operation threw. */
  threw?: (thrown: unknown) => void;
  /** Requests in a row, if they may be more than one operation of a provider's takes. */
  mostRequests?: number;
}

/**
 * `undone`: nothing of it was carried out, for certain. `outOfTime`: it was we who stopped; the provider answered all that it
 * was asked.
 */
export type Ended =
  | { kind: 'unavailable'; undone?: true; outOfTime?: true }
  | { kind: 'unauthorised' }
  | Extract<Outcome, { kind: 'refused' }>;

/** No provider's operation needs more requests in a row; one that does is broken. */
const MAX_REQUESTS = 40;

/** The results in the order of the jobs. Once the budget is spent the open ones end as `unavailable`. */
export function runOperations<Result>(
  jobs: ReadonlyArray<Job<Result>>,
  http: HttpPort,
  budget: Budget,
): Array<Result | Ended> {
  const results: Array<Result | Ended> = jobs.map(() => ({ kind: 'unavailable' }));
  let open = jobs.flatMap((job, index) => advance(job, index, undefined, results));
  for (let wave = 0; open.length > 0 && budget.allows(); wave++) {
    for (const { job, request } of open) job.count?.(request);
    const answers = http.sendAll(open.map(({ job, request }) => ({ provider: job.provider, request })));
    if (wave === 0) noteUndone(open, answers, results);
    open = open
      .flatMap(({ job, index }, i) => advance(job, index, answers[i], results))
      .filter(({ job }) => wave + 1 < (job.mostRequests ?? MAX_REQUESTS));
  }
  for (const { index } of open) results[index] = { kind: 'unavailable', outOfTime: true };
  return results;
}

interface Open<Result> {
  job: Job<Result>;
  index: number;
  request: HttpRequest;
}

/** After its first request an operation has done something, and how it ends is not known for certain any more. */
function noteUndone<Result>(
  open: ReadonlyArray<Open<Result>>,
  answers: ReadonlyArray<HttpAnswer | HttpFault>,
  results: Array<Result | Ended>,
): void {
  open.forEach(({ index }, i) => {
    const answer = answers[i] as HttpAnswer | HttpFault;
    if (!('fault' in answer) || answer.undone !== true) return;
    results[index] = answer.unauthorised === true ? { kind: 'unauthorised' } : { kind: 'unavailable', undone: true };
  });
}

function advance<Result>(
  job: Job<Result>,
  index: number,
  answer: HttpAnswer | HttpFault | undefined,
  results: Array<Result | Ended>,
): Array<Open<Result>> {
  if (answer !== undefined && 'fault' in answer) return [];
  try {
    // The first answer is to no request, and nobody reads it.
    const step = job.operation.next(answer as HttpAnswer);
    if (step.done !== true) return [{ job, index, request: step.value }];
    results[index] = step.value;
  } catch (thrown) {
    // A mapping that throws is one broken conference; it must not stop the others.
    results[index] = { kind: 'refused', code: OWN_FAULT };
    job.threw?.(thrown);
  }
  return [];
}

/** An operation whose very beginning may throw, as that of a provider that is no generator can. */
export function* begun<Result>(begin: () => Operation<Result>): Operation<Result> {
  return yield* begin();
}
