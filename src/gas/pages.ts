/** The page a person sees when a provider sends them back. Holds words only: no script, no token, no address. */
import type { Completion } from '../ports/grants';
import { listed } from './cards';

export function connectPage(
  name: string,
  end: Completion['kind'] | 'not-allowed',
  services: readonly string[],
  account?: string,
): GoogleAppsScript.HTML.HtmlOutput {
  const service = listed(services);
  const sentence = {
    connected: `${service} is connected.${account === undefined ? '' : ` Your account there is ${account}.`} You can close this page; if you were adding a conference, add it again.`,
    declined: `${service} was not connected, because access was not granted. You can close this page.`,
    failed: `${service} could not be connected. Please close this page and connect again.`,
    'not-allowed':
      'You have not allowed this add-on to connect to a service outside Google. Open it in Calendar, allow that, and load this page again.',
    busy: 'A sync is running just now. Please load this page again in a moment.',
    stale: 'This address was used already, or is too old. Please close this page and connect again.',
  }[end];
  const html = `<!DOCTYPE html><html lang="en"><body><h1>${escapeHtml(name)}</h1><p>${escapeHtml(sentence)}</p></body></html>`;
  return HtmlService.createHtmlOutput(html).setTitle(name);
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
