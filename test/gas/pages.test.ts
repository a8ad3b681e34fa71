/** The page a person comes back to: words only, whatever an operator called the add-on and its services. */
import { connectPage } from '../../src/gas/pages';

/** What is written into a page here, and its title. */
function pageOf(...args: Parameters<typeof connectPage>) {
  const shown = { html: '', title: '' };
  const page = { setTitle: (title: string) => Object.assign(shown, { title }) };
  const createHtmlOutput = (html: string) => {
    shown.html = html;
    return page;
  };
  Object.assign(globalThis, { HtmlService: { createHtmlOutput } });
  connectPage(...args);
  return shown;
}

describe('the page after a sign-in', () => {
  it('shows names as text, whatever stands in them', () => {
    const { html } = pageOf('<b>Lock</b> & "step"', 'connected', ['<script>alert(1)</script>', 'R&D']);
    expect(html).toContain('<h1>&lt;b&gt;Lock&lt;/b&gt; &amp;');
    expect(html).toContain('<p>&lt;script&gt;alert(1)&lt;/script&gt; and R&amp;D is connected.');
    expect(html.match(/<[a-z!]\w*/gi)).toEqual(['<!DOCTYPE', '<html', '<body', '<h1', '<p']);
  });

  it('names an entity that a name spells out as it was spelt', () => {
    expect(pageOf('A &lt; B', 'stale', ['Zoom']).html).toContain('<h1>A &amp;lt; B</h1>');
  });
});
