/** What the platform computes for us is computed of the bytes that are meant, and long enough. */
import { createHash, createHmac } from 'node:crypto';
import { appsScript } from '../../src/gas/oauth/apps-script';
import { consoleLog, hmacSeal } from '../../src/gas/platform';
import { FakeClock, FakeLock, FakeLog } from '../support/fake-platform';

const TEXT = 'solution/Größe';

/** Utilities as Google has them, but for this: a call that leaves the charset to the platform fails. */
function utilities(): void {
  const bytes = (data: string | number[], charset?: string): Buffer => {
    if (typeof data === 'string' && charset !== 'utf-8') throw new Error('The charset is the platform’s own choice.');
    return typeof data === 'string' ? Buffer.from(data, 'utf8') : Buffer.from(data);
  };
  Object.assign(globalThis, {
    Utilities: {
      Charset: { UTF_8: 'utf-8' },
      DigestAlgorithm: { SHA_256: 'sha256' },
      base64Encode: (data: string | number[], charset?: string) => bytes(data, charset).toString('base64'),
      base64EncodeWebSafe: (data: number[]) => bytes(data).toString('base64').replace(/\+/g, '-').replace(/\//g, '_'),
      computeDigest: (_: string, text: string, charset?: string) => [
        ...createHash('sha256').update(bytes(text, charset)).digest(),
      ],
      computeHmacSha256Signature: (text: string, key: string, charset?: string) => [
        ...createHmac('sha256', key).update(bytes(text, charset)).digest(),
      ],
    },
  });
}

beforeEach(utilities);

describe('the seal of a stamp', () => {
  it('is an HMAC of its text in UTF-8, and has 132 bits: it cannot be guessed', () => {
    const whole = createHmac('sha256', 'secret').update(TEXT, 'utf8').digest('base64url');
    expect(hmacSeal()('secret', TEXT)).toBe(whole.slice(0, 22));
  });
});

describe('the OAuth client', () => {
  const platform = () => appsScript(new FakeLock(), new FakeClock(0), new FakeLog().log);

  it('takes digests of text in UTF-8', () => {
    expect(platform().sha256(TEXT)).toBe(createHash('sha256').update(TEXT, 'utf8').digest('base64url'));
  });

  it('writes credentials for HTTP Basic in UTF-8', () => {
    expect(platform().base64('Jürgen:Schlüssel')).toBe(Buffer.from('Jürgen:Schlüssel', 'utf8').toString('base64'));
  });
});

describe('the log', () => {
  it('tells what a provider’s own code threw as an error, and all else as it is', () => {
    const [said, errors] = [
      jest.spyOn(console, 'log').mockReturnValue(),
      jest.spyOn(console, 'error').mockReturnValue(),
    ];
    consoleLog()({ event: 'pass', end: 'done' });
    consoleLog()({ event: 'provider-fault', error: 'RangeError', message: 'Invalid time value' });
    expect(said.mock.calls).toEqual([['{"event":"pass","end":"done"}']]);
    expect(errors.mock.calls).toEqual([
      ['{"event":"provider-fault","error":"RangeError","message":"Invalid time value"}'],
    ]);
    jest.restoreAllMocks();
  });
});
