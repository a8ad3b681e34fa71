/** What is left of a description where a vendor takes no HTML. */
import { JsxEmit, transpileModule } from 'typescript';
import { cut, plainText } from '../../src/providers/plain-text';

describe('text for vendors that take no HTML', () => {
  it.each([
    ['a<br>b<br/>c<BR />d', 'a\nb\nc\nd'],
    ['<p>One</p><p>Two</p>', 'One\nTwo'],
    ['Before<ul><li>x</li><li>y</li></ul>after', 'Before\nx\ny\nafter'],
    ['a<br><br>b', 'a\n\nb'],
    ['1 &lt; 2 &amp;&amp; 3 > 2 &quot;so&quot;&nbsp;&#39;it&#39;', '1 < 2 && 3 > 2 "so" \'it\''],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['a < b and c<3', 'a < b and c<3'],
    ['<b title="a > b">bold</b><!-- <p>not shown</p> --><style>p { color: red }</style>', 'bold'],
    ['', ''],
  ])('reads %j as %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it.each([
    ['<a href="https://a.example/?x=1&amp;y=2">link</a>', 'link (https://a.example/?x=1&y=2)'],
    ["See <a target=_blank href='https://a.example/x'>this <b>page</b></a>.", 'See this page (https://a.example/x).'],
    ['<a href=https://a.example/x>page</a>', 'page (https://a.example/x)'],
    ['<a href="https://a.example/x">https://a.example/x</a>', 'https://a.example/x'],
    ['<a href="https://a.example/">A.example</a>', 'A.example'],
    ['<a href="https://a.example/x"><img src="i.png"></a>', 'https://a.example/x'],
    [
      '<a href="mailto:ben@example.com">Ben</a>, <a href="tel:+41445550100">call</a>',
      'Ben (ben@example.com), call (+41445550100)',
    ],
    ['<a href="#top">up</a> <a name="x">here</a> <a href="javascript:alert(1)">no</a>', 'up here no'],
    [
      '<a href="https://a.example/1">one<a href="https://a.example/2">two',
      'one (https://a.example/1)two (https://a.example/2)',
    ],
    [
      'Agenda: <https://a.example/agenda>, from Ben <ben@example.com>',
      'Agenda: <https://a.example/agenda>, from Ben <ben@example.com>',
    ],
    ['https://a.example/?a=1&copy=2&lt=3', 'https://a.example/?a=1&copy=2&lt=3'],
  ])('keeps where links lead: %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it.each([
    ['&auml;&Auml;&szlig;&hellip;&ndash;&euro;&rarr;', 'äÄß…–€→'],
    ['&#228;&#xE4;&#x1F600;&#128;&#150;&#160;.', 'ää😀€– .'],
    ['&NotEqualTilde;&Afr;&CounterClockwiseContourIntegral;&zwnj;', '≂̸𝔄∳\u200c'],
    ['&nosuch;&constructor;&#0;&#xD800;&#1114112;&#;&;', '&nosuch;&constructor;\ufffd\ufffd\ufffd&#;&;'],
  ])('reads characters by name and number: %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });

  it('knows the names that the compiler of TypeScript knows in its pages', () => {
    const names =
      'quot amp lt gt iexcl copy Agrave yuml OElig Yuml fnof Alpha thetasym piv bull hellip Prime oline frasl weierp image real trade alefsym larr hArr forall part exist nabla isin ni prod sum infin ang and cap int there4 sim cong ne equiv sub nsub oplus perp sdot lceil loz spades diams'.split(
        ' ',
      );
    for (const name of names) {
      const { outputText } = transpileModule(`<a>x&${name};x</a>`, { compilerOptions: { jsx: JsxEmit.React } });
      const [, told] = /null, ("(?:[^"\\]|\\.)*")/.exec(outputText) ?? [];
      expect([name, plainText(`x&${name};x`)]).toEqual([name, JSON.parse(told as string)]);
    }
  });

  it('reads in one go what somebody made to take long', () => {
    // Where one part of the text is looked through again for each of its characters, this does not end.
    for (const part of ['<a "', "<a href='", '<!--', '<style>', '&nosuch;', '<script']) {
      expect(plainText(`${part.repeat(8_192 / part.length)}end`)).toMatch(/end$/);
    }
  });

  it('is cut, never in the middle of a character', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('abc');
    expect(cut('ab🙂', 3)).toBe('ab');
    expect(cut('a🙂b', 3)).toBe('a🙂');
  });
});
