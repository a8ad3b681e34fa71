/** A file that cannot be imported: where, what is wrong, what to do. Nothing of it has been imported. */
export class IcsError extends Error {
  /**
   * @param line number of the line in the file, from 1.
   * @param problem what is wrong there, as a sentence.
   * @param advice what the person can do, as a sentence.
   */
  constructor(
    readonly line: number,
    readonly problem: string,
    readonly advice: string,
  ) {
    super(`Line ${line}: ${problem} ${advice} Nothing was imported.`);
    this.name = 'IcsError';
  }
}
