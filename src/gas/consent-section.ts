/** What a person has not allowed the add-on, in words, and the way to do so. */
import type { Authorisation, Duty } from '../ports/platform';

const LACKING: ReadonlyArray<readonly [duty: Duty, sentence: string]> = [
  [
    'calendar',
    'You have not allowed this add-on to see your events. Until you do, it makes no conferences, and changes of events do not reach those that exist.',
  ],
  [
    'provider',
    'You have not allowed this add-on to connect to a service outside Google. Until you do, it makes no conferences, and changes wait.',
  ],
  [
    'triggers',
    'You have not allowed this add-on to run when you are not there. Until you do, it makes no conferences, and it may see changes only when you open this panel.',
  ],
  [
    'open-event',
    'You have not allowed this add-on to see which event is open, so it may not be able to show its conference.',
  ],
];

/** Undefined when nothing is missing of what the card is about. */
export function consentSection(
  authorisation: Authorisation,
  duties: readonly Duty[],
): GoogleAppsScript.Card_Service.CardSection | undefined {
  const lacking = LACKING.filter(([duty]) => duties.includes(duty) && authorisation.lacks(duty));
  if (lacking.length === 0) return undefined;
  const section = CardService.newCardSection().setHeader('Something is not allowed');
  for (const [, sentence] of lacking) section.addWidget(CardService.newTextParagraph().setText(sentence));
  const url = authorisation.consentUrl();
  if (url === undefined) {
    const text = 'Load Calendar anew; it then asks you what you allow. Nothing is lost.';
    return section.addWidget(CardService.newTextParagraph().setText(text));
  }
  const action = CardService.newAuthorizationAction().setAuthorizationUrl(url);
  return section
    .addWidget(CardService.newTextParagraph().setText('Nothing is lost. Tick every box on the page that opens.'))
    .addWidget(CardService.newTextButton().setText('Allow').setAuthorizationAction(action));
}
