/** The form for a login and an app password, as a section of a card. What was entered is never put into one. */
import { CARD_HANDLERS, type Connection, listed } from './cards';

export interface PasswordForm extends Connection {
  /** Where a person makes an app password. */
  makeUrl: string;
  /** The card it stands on. */
  card: 'home' | 'settings';
}

export function passwordSection({ provider, names, makeUrl, card }: PasswordForm) {
  const service = listed(names);
  const { user, password } = passwordFields(provider);
  const connect = CardService.newAction().setFunctionName(CARD_HANDLERS.enter).setParameters({ provider, card });
  return CardService.newCardSection()
    .setHeader(service)
    .addWidget(
      CardService.newTextParagraph().setText(
        `Conferences are made with your account at ${service}. Make an app password there, for this add-on alone; your own password is never asked for.`,
      ),
    )
    .addWidget(
      CardService.newTextButton()
        .setText('Make an app password')
        .setOpenLink(CardService.newOpenLink().setUrl(makeUrl)),
    )
    .addWidget(CardService.newTextInput().setFieldName(user).setTitle('Login name'))
    .addWidget(CardService.newTextInput().setFieldName(password).setTitle('App password'))
    .addWidget(CardService.newTextButton().setText(`Connect ${service}`).setOnClickAction(connect));
}

/** What a person pasted, without the spaces, line breaks and invisible characters that come along with a copied text. */
export function pasted(text: string): string {
  return text.replace(/^[\s\u200b-\u200f\u2060]+|[\s\u200b-\u200f\u2060]+$/g, '');
}

/** The names of its inputs: a card may have several such forms. */
export function passwordFields(provider: string): { user: string; password: string } {
  return { user: `user-${provider}`, password: `password-${provider}` };
}
