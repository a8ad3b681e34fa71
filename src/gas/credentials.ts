/**
 * Puts an operator's secrets where a provider wants them. They stand in Script Properties and nowhere else.
 *
 * A property is read once in an execution: a read takes some 35 ms, and a pass may send hundreds of requests.
 */
import type { Auth } from '../ports/provider';

export interface Credentials {
  /** None where the credentials are not headers, or not ours to know. */
  headers(auth: Auth): Record<string, string>;
  /** The body with each secret in its place; what the provider made stays as it is. */
  body(json: unknown, auth: Auth): unknown;
}

export function scriptCredentials(): Credentials {
  const read = new Map<string, string>();
  const secretIn = (scriptProperty: string): string => {
    const known = read.get(scriptProperty);
    if (known !== undefined) return known;
    const secret = PropertiesService.getScriptProperties().getProperty(scriptProperty) ?? '';
    read.set(scriptProperty, secret);
    return secret;
  };
  return {
    headers(auth) {
      switch (auth.kind) {
        case 'bearer':
          return { authorization: `Bearer ${secretIn(auth.scriptProperty)}` };
        case 'header':
          return { [auth.name]: secretIn(auth.scriptProperty) };
        case 'basic':
          return { authorization: basicCredentials(auth.user, secretIn(auth.scriptProperty)) };
        default:
          return {};
      }
    },
    body(json, auth) {
      if (auth.kind !== 'body') return json;
      const body = JSON.parse(JSON.stringify(json)) as Record<string, unknown>;
      for (const [path, scriptProperty] of Object.entries(auth.scriptProperties)) {
        put(body, path.split('.'), secretIn(scriptProperty));
      }
      return body;
    },
  };
}

/** In UTF-8, whatever the platform would take by itself. */
function basicCredentials(user: string, secret: string): string {
  return `Basic ${Utilities.base64Encode(`${user}:${secret}`, Utilities.Charset.UTF_8)}`;
}

function put(body: Record<string, unknown>, path: readonly string[], secret: string): void {
  let place = body;
  for (const name of path.slice(0, -1)) {
    place[name] ??= {};
    place = place[name] as Record<string, unknown>;
  }
  place[path[path.length - 1] as string] = secret;
}
