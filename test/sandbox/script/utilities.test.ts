import { evaluate, resultOf, Stage } from './support/stage';

describe('Utilities', () => {
  it('gives digests as signed bytes', () => {
    // The third test case of RFC 1321.
    expect(evaluate("Utilities.computeDigest(Utilities.DigestAlgorithm.MD5, 'abc')")).toEqual([
      -112, 1, 80, -104, 60, -46, 79, -80, -42, -106, 63, 125, 40, -31, 127, 114,
    ]);
  });

  it('signs with HMAC and encodes for the web', () => {
    // RFC 4231 has the same key and data as its second case.
    expect(
      evaluate(
        `Utilities.computeHmacSha256Signature('what do ya want for nothing?', 'Jefe').map((b) => ((b + 256) % 256).toString(16).padStart(2, '0')).join('')`,
      ),
    ).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
    expect(evaluate('Utilities.base64EncodeWebSafe([-5, -1, -2]) + Utilities.base64Encode([-5, -1, -2])')).toBe(
      '-__-+//+',
    );
    expect(evaluate("Utilities.base64DecodeWebSafe('-__-')")).toEqual([-5, -1, -2]);
    expect(
      evaluate("Utilities.newBlob(Utilities.base64Decode(Utilities.base64Encode('grüezi'))).getDataAsString()"),
    ).toBe('grüezi');
    expect(evaluate("Utilities.base64Decode('#')")).toBe('Exception: Could not decode string.');
  });

  it('formats dates with the letters of SimpleDateFormat', () => {
    const format = (pattern: string, zone = 'Europe/Zurich') =>
      evaluate(`Utilities.formatDate(new Date('2026-07-04T05:06:07.089Z'), '${zone}', "${pattern}")`);
    expect(format("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")).toBe('2026-07-04T07:06:07.089+02:00');
    expect(format("EEE, d MMM yy h:mm a 'o''clock' Z")).toBe("Sat, 4 Jul 26 7:06 AM o'clock +0200");
    expect(format("yyyyMMdd'T'HHmmss'Z'", 'GMT')).toBe('20260704T050607Z');
    expect(format('w')).toMatch(/NotSimulated: Utilities.formatDate letter w/);
  });

  it('sleeps in virtual time, five minutes at most', () => {
    const stage = new Stage(
      'function main(ms) { const from = Date.now(); Utilities.sleep(ms); return Date.now() - from; }',
    );
    expect(resultOf(stage.run('main', [1500]))).toBe(1500);
    expect(resultOf(stage.run('main', [300_001]))).toBe(
      'Exception: Argument is out of range: milliseconds, 0 to 300000',
    );
  });

  it('makes UUIDs of version 4', () => {
    expect(evaluate('Utilities.getUuid()')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('reads CSV with quotes', () => {
    expect(evaluate(`Utilities.parseCsv('a,"b ""c"", d"\\n1,2\\n')`)).toEqual([
      ['a', 'b "c", d'],
      ['1', '2'],
    ]);
  });

  it('fills templates', () => {
    expect(evaluate("Utilities.formatString('%s has %05d of %.2f%%', 'x', 42, 1.5)")).toBe('x has 00042 of 1.50%');
  });
});

describe('console and Logger', () => {
  it('write lines to the log, formatted', () => {
    const stage = new Stage(
      `function main() { console.log('%s is %d%%', 'load', 7, { a: 1 }); console.error(new Error('bad').message); Logger.log('n = %s', 3); return Logger.getLog(); }`,
    );
    expect(resultOf(stage.run('main'))).toBe('n = 3\n');
    expect(stage.lines('log')).toEqual(['DEBUG load is 7% {"a":1}', 'ERROR bad', 'INFO n = 3']);
  });
});

describe('state tokens', () => {
  it('stand for a method and its arguments until they expire', () => {
    const stage = new Stage(
      `function main() { return ScriptApp.newStateToken().withMethod('callback').withArgument('a', '1').withTimeout(120).createToken(); }`,
    );
    const token = resultOf(stage.run('main')) as string;
    expect(stage.host.redeemStateToken(token)).toMatchObject({ method: 'callback', args: { a: '1' } });
    stage.advance(120_001);
    expect(stage.host.redeemStateToken(token)).toBeUndefined();
    expect(evaluate("ScriptApp.newStateToken().withMethod('m').withTimeout(3601).createToken()")).toMatch(
      /out of range/,
    );
  });
});

describe('HtmlService', () => {
  it('returns pages and fills templates, escaping what it prints', () => {
    const files = [{ name: 'page.html', source: '<? for (const x of list) { ?><b><?= x ?></b><? } ?><?!= raw ?>' }];
    const stage = new Stage(
      `function main() { const t = HtmlService.createTemplateFromFile('page'); t.list = ['<', '2']; t.raw = '<i>'; return t.evaluate().setTitle('T'); }`,
      { files },
    );
    expect(resultOf(stage.run('main'))).toEqual({ content: '<b>&lt;</b><b>2</b><i>', title: 'T' });
    expect(evaluate("HtmlService.createHtmlOutputFromFile('none')")).toBe(
      'Exception: No HTML file named none was found.',
    );
  });
});
