import fc from 'fast-check';
import { decodeFile } from '../../../sandbox/ics/decode';
import { unfold } from '../../../sandbox/ics/unfold';

/** The octets with a fold after each of those places. */
function foldedAfter(octets: Buffer, places: readonly number[], fold: string): Buffer {
  const cut = [...new Set(places.map((place) => 1 + (place % octets.length)))].sort((a, b) => a - b);
  const parts = [0, ...cut].map((from, i) => octets.subarray(from, cut[i] ?? octets.length));
  return Buffer.concat(parts.flatMap((part, i) => (i === 0 ? [part] : [Buffer.from(fold), part])));
}

const decoded = (octets: Buffer) => {
  const { text, undecodable } = decodeFile(octets);
  return { lines: [...unfold(text)].map(({ line, text: one }) => [line, one]), undecodable: [...undecodable] };
};

describe('the octets of a file', () => {
  it('may be folded anywhere, within a character too', () => {
    const text = fc.string({ minLength: 1, maxLength: 30, unit: fc.constantFrom('a', ' ', 'ö', '漢', '🎉', 'é', ':') });
    const places = fc.array(fc.nat(200), { maxLength: 8 });
    fc.assert(
      fc.property(text, places, fc.constantFrom('\r\n ', '\n\t', '\r '), (value, given, fold) => {
        const line = `SUMMARY:${value}`;
        const folds = new Set(given.map((place) => place % Buffer.byteLength(line))).size;
        const octets = Buffer.concat([foldedAfter(Buffer.from(line), given, fold), Buffer.from('\nEND:VEVENT\n')]);
        const lines = [
          [1, line],
          [2 + folds, 'END:VEVENT'],
        ];
        expect(decoded(octets)).toEqual({ lines, undecodable: [] });
      }),
      { numRuns: 500, seed: 20260311 },
    );
  });

  it('may begin with the mark of their encoding', () => {
    const lines = [[1, 'SUMMARY:Größe']];
    for (const octets of [
      Buffer.from('\uFEFFSUMMARY:Größe'),
      Buffer.from('\uFEFFSUMMARY:Größe', 'utf16le'),
      Buffer.from('\uFEFFSUMMARY:Größe', 'utf16le').swap16(),
    ])
      expect(decoded(octets)).toEqual({ lines, undecodable: [] });
  });

  it('of another encoding name their lines, and spoil no other', () => {
    const octets = Buffer.concat([
      Buffer.from('A:ö\r\n'),
      Buffer.from('B:ö\r\n', 'latin1'),
      Buffer.from('C:ö\rD:\n'),
      Buffer.from('E:ö', 'latin1'),
    ]);
    const { lines, undecodable } = decoded(octets);
    expect(undecodable).toEqual([2, 5]);
    expect(lines.filter(([line]) => !undecodable.includes(line as number))).toEqual([
      [1, 'A:ö'],
      [3, 'C:ö'],
      [4, 'D:'],
    ]);
  });
});
