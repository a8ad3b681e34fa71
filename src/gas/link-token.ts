/**
 * Signs the token that a join link needs, with a secret that stands in Script Properties and nowhere else.
 *
 * JWT: RFC 7519, in the compact form of RFC 7515. Apps Script signs both ways that are asked for:
 * https://developers.google.com/apps-script/reference/utilities/utilities#computeRsaSha256Signature(String,String)
 */
import type { LinkToken } from '../ports/provider';

/** Undefined when the secret is not there, or not what it should be. */
export function signedLink(joinUrl: string, token: LinkToken): string | undefined {
  const secret = PropertiesService.getScriptProperties().getProperty(token.scriptProperty) ?? '';
  if (secret === '') return undefined;
  const header = { alg: token.algorithm, typ: 'JWT', ...(token.keyId !== undefined && { kid: token.keyId }) };
  const signed = `${base64(JSON.stringify(header))}.${base64(JSON.stringify(token.claims))}`;
  try {
    return `${joinUrl}?jwt=${signed}.${base64(signature(signed, token.algorithm, secret))}`;
  } catch {
    return undefined;
  }
}

function signature(text: string, algorithm: LinkToken['algorithm'], secret: string): number[] {
  const charset = Utilities.Charset.UTF_8;
  if (algorithm === 'HS256') return Utilities.computeHmacSha256Signature(text, secret, charset);
  // The form for Script Properties has one line: the line breaks of a key may have become the two characters \n.
  return Utilities.computeRsaSha256Signature(text, secret.replace(/\\n/g, '\n'), charset);
}

function base64(data: string | number[]): string {
  const encoded =
    typeof data === 'string'
      ? Utilities.base64EncodeWebSafe(data, Utilities.Charset.UTF_8)
      : Utilities.base64EncodeWebSafe(data);
  return encoded.replace(/=+$/, '');
}
