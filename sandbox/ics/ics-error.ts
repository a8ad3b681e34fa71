/**
 * What cannot be read of a file: where, what is wrong, what to do. As an error of the whole file: nothing of it was
 * imported.
 */
export class IcsError extends Error {
  /** `Line 7: …`, without a word about what became of the rest. */
  readonly sentence: string;

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
    this.sentence = `Line ${line}: ${problem} ${advice}`;
  }
}
