/**
 * What may stand as a join link in people's events, whatever service it came from: an https address that leads where it says.
 *
 * A host and no name or password before it; nothing that is white space, invisible or markup, so that no reader sees
 * another address than a browser opens.
 */
const HOST = String.raw`[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?`;
const REST = String.raw`[/?#][^\p{C}\p{Z}<>"\\^{|}\x60]*`;
const JOIN_LINK = new RegExp(`^https://${HOST}(?:${REST})?$`, 'u');

export function isJoinLink(text: unknown): text is string {
  return typeof text === 'string' && JOIN_LINK.test(text);
}
