/**
 * The operator's configuration: what an add-on offers, through whom, and by which rules.
 *
 * defineAddOn only gives types to what is written in config.ts. The build checks it (checkAddOn) and refuses a wrong
 * value with the path of the field and what is allowed, so nothing has to be checked in every execution.
 */
import type { Policies } from './core/policies';
import type { Provider } from './ports/provider';

export interface SolutionConfig {
  /** Never to change: it is stamped on every conference. Letters, digits and dashes. */
  id: string;
  /** As shown in Calendar's menu: at most 30 characters, without "Google Calendar". */
  name: string;
  /** 32 by 32 pixels, hosted by Google: https://lh3.googleusercontent.com/… */
  logoUrl: string;
  /** A name in `providers`. */
  provider: string;
}

export interface AddOnConfig {
  /** As in the Marketplace listing. */
  name: string;
  logoUrl: string;
  /** IANA zone for log lines and for conferences whose event is not known yet. */
  timeZone: string;
  solutions: readonly SolutionConfig[];
  providers: Readonly<Record<string, Provider>>;
  policies?: Partial<Policies>;
}

export function defineAddOn(config: AddOnConfig): AddOnConfig {
  return config;
}

/** The global function that Calendar calls for a solution: `daily-room` becomes `createDailyRoom`. */
export function createFunctionName(solutionId: string): string {
  const words = solutionId.split('-').filter((word) => word !== '');
  return `create${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}`;
}
