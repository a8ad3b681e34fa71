/** Apps Script's services behind what the OAuth client needs. */
import type { Clock, Log, PassLock } from '../../ports/platform';
import { fetchEach } from '../http';
import { ATTEMPT_SECONDS, formText } from './personal-grants';
import type { Cache, OAuthPlatform } from './platform';

export function appsScript(lock: PassLock, clock: Clock, log: Log): OAuthPlatform {
  return {
    properties: {
      get: (key) => PropertiesService.getUserProperties().getProperty(key) ?? undefined,
      set: (key, value) => void PropertiesService.getUserProperties().setProperty(key, value),
      remove: (key) => void PropertiesService.getUserProperties().deleteProperty(key),
    },
    userCache: cacheOf(() => CacheService.getUserCache()),
    scriptCache: cacheOf(() => CacheService.getScriptCache() as GoogleAppsScript.Cache.Cache),
    scriptProperty: (name) => PropertiesService.getScriptProperties().getProperty(name) ?? '',
    lock,
    clock,
    sendForms: (requests) =>
      fetchEach(
        requests.map(({ url, headers, form }) => ({
          url,
          method: 'post',
          headers: { accept: 'application/json', ...headers },
          contentType: 'application/x-www-form-urlencoded',
          payload: formText(form),
          muteHttpExceptions: true,
          followRedirects: false,
        })),
      ),
    send: (request) =>
      fetchEach([{ ...request, muteHttpExceptions: true, followRedirects: false }])[0] ?? { fault: 'no answer' },
    // Each has 122 random bits.
    randomSecret: () => [1, 2, 3].map(() => Utilities.getUuid().replace(/-/g, '')).join(''),
    sha256: (text) => {
      const digest = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text, Utilities.Charset.UTF_8);
      return Utilities.base64EncodeWebSafe(digest).replace(/=+$/, '');
    },
    base64: (text) => Utilities.base64Encode(text, Utilities.Charset.UTF_8),
    base64UrlDecode(text) {
      const padded = text.padEnd(Math.ceil(text.length / 4) * 4, '=');
      const bytes = Utilities.base64DecodeWebSafe(padded, Utilities.Charset.UTF_8);
      return Utilities.newBlob(bytes).getDataAsString('UTF-8');
    },
    stateToken(method, args) {
      const builder = ScriptApp.newStateToken().withMethod(method).withTimeout(ATTEMPT_SECONDS);
      for (const [name, value] of Object.entries(args)) builder.withArgument(name, value);
      return builder.createToken();
    },
    redirectUri: () => `https://script.google.com/macros/d/${ScriptApp.getScriptId()}/usercallback`,
    log,
  };
}

/** What a cache will not keep is asked for again; an attempt to connect that is not kept is told to begin again. */
function cacheOf(service: () => GoogleAppsScript.Cache.Cache): Cache {
  return {
    get: (key) => quietly(() => service().get(key) ?? undefined),
    put: (key, value, seconds) => quietly(() => service().put(key, value, seconds)),
    remove: (key) => quietly(() => service().remove(key)),
  };
}

function quietly<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
