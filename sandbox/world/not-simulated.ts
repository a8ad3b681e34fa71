/** Thrown, never `undefined` returned, for whatever of Google the sandbox does not imitate. */
export class NotSimulated extends Error {
  constructor(readonly what: string) {
    super(`NotSimulated: ${what}. The sandbox imitates only what docs/platform-facts.md lists.`);
    this.name = 'NotSimulated';
  }
}
