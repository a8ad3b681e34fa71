/** Checks what Google's client received against Google's discovery document, where that is at hand. */
import { discoveryFound, validatorFor } from '../../support/discovery';

if (!discoveryFound) console.warn('Answers are not validated: the discovery document is not at ../shared/specs.');

/** The answer's body, once it is valid for the method. */
export function validated<T>(methodId: string, { data }: { data: T }): T {
  if (discoveryFound) expect({ methodId, wrong: validatorFor(methodId)(data) }).toEqual({ methodId, wrong: [] });
  return data;
}
