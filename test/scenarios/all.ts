/** Every scenario, by subject. */
import { failure } from './failure';
import { lifeCycle } from './life-cycle';
import { noise } from './noise';
import { ownership } from './ownership';
import { recurrence } from './recurrence';
import type { Scenario } from './stage';
import { triggers } from './triggers';

export const SUBJECTS: ReadonlyArray<readonly [subject: string, scenarios: Scenario[]]> = [
  ['the life of an event with a conference', lifeCycle],
  ['what must cost nothing', noise],
  ['recurring events', recurrence],
  ['whose event it is', ownership],
  ['when things fail', failure],
  ['triggers and grants', triggers],
];
