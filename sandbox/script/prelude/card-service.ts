/**
 * CardService: cards, what a click does, and what a handler answers.
 * Source: developers.google.com/apps-script/reference/card-service
 */
import { listIn, type Shape } from './built';
import { buildable, child, clicks, element, flag, fluent, named, part, text } from './card-builder';
import { cardWidgets } from './card-widgets';
import { enumeration } from './enums';
import { errorNamed, exception } from './host';
import { simulated } from './net';

type Service = GoogleAppsScript.Card_Service.CardService;
type Members = ReturnType<typeof enums> &
  ReturnType<typeof cardWidgets> &
  ReturnType<typeof cards> &
  ReturnType<typeof actions> &
  ReturnType<typeof responses>;

/** Source: developers.google.com/apps-script/reference/card-service/card-builder and …/card-section */
const MAX_SECTIONS = 100;
const MAX_WIDGETS = 100;

function enums() {
  return {
    ContentType: enumeration<Service['ContentType']>('ContentType', ['TEXT', 'MUTABLE_HTML', 'IMMUTABLE_HTML']),
    DisplayStyle: enumeration<Service['DisplayStyle']>('DisplayStyle', ['PEEK', 'REPLACE']),
    Icon: enumeration<Service['Icon']>('Icon', [
      'NONE',
      'AIRPLANE',
      'BOOKMARK',
      'CLOCK',
      'DESCRIPTION',
      'EMAIL',
      'INVITE',
      'MAP_PIN',
      'MULTIPLE_PEOPLE',
      'PERSON',
      'PHONE',
      'STAR',
      'STORE',
      'VIDEO_CAMERA',
      'VIDEO_PLAY',
    ]),
    ImageStyle: enumeration<Service['ImageStyle']>('ImageStyle', ['SQUARE', 'CIRCLE']),
    InputType: enumeration<Service['InputType']>('InputType', ['TEXT', 'INTEGER', 'FLOAT', 'EMAIL']),
    LoadIndicator: enumeration<Service['LoadIndicator']>('LoadIndicator', ['SPINNER', 'NONE']),
    OnClose: enumeration<Service['OnClose']>('OnClose', ['NOTHING', 'RELOAD', 'RELOAD_ADD_ON']),
    OpenAs: enumeration<Service['OpenAs']>('OpenAs', ['FULL_SIZE', 'OVERLAY']),
    SelectionInputType: enumeration<Service['SelectionInputType']>('SelectionInputType', [
      'CHECK_BOX',
      'RADIO_BUTTON',
      'DROPDOWN',
      'SWITCH',
      'MULTI_SELECT',
    ]),
    SwitchControlType: enumeration<Service['SwitchControlType']>('SwitchControlType', ['SWITCH', 'CHECK_BOX']),
    TextButtonStyle: enumeration<Service['TextButtonStyle']>('TextButtonStyle', [
      'OUTLINED',
      'FILLED',
      'FILLED_TONAL',
      'BORDERLESS',
    ]),
  };
}

/** Buttons go into a section as a list of one. */
function addWidget(shape: Shape, widget: unknown): void {
  const widgets = listIn<unknown>(shape, 'widgets');
  if (widgets.length >= MAX_WIDGETS) throw exception(`Too many widgets: at most ${MAX_WIDGETS} are allowed.`);
  const given = part(widget, 'widget');
  const isButton = 'onClick' in given || 'disabled' in given || ('text' in given && !('textParagraph' in given));
  widgets.push(isButton ? { buttonList: { buttons: [given] } } : given);
}

function cards() {
  return {
    newCardBuilder: () =>
      buildable<GoogleAppsScript.Card_Service.CardBuilder>(
        'Card',
        {
          setHeader: child('header'),
          setName: text('name'),
          addSection: element('sections', MAX_SECTIONS),
          addCardAction: element('cardActions'),
          setFixedFooter: child('fixedFooter'),
          setDisplayStyle: named('displayStyle'),
          setPeekCardHeader: child('peekCardHeader'),
        },
        (shape) => {
          if (shape.header === undefined && shape.sections === undefined) {
            throw exception('A card needs a header or a section.');
          }
          return shape;
        },
      ),
    newCardHeader: () =>
      fluent<GoogleAppsScript.Card_Service.CardHeader>('CardHeader', '', {
        setTitle: text('title'),
        setSubtitle: text('subtitle'),
        setImageUrl: text('imageUrl'),
        setImageAltText: text('imageAltText'),
        setImageStyle: named('imageType'),
      }),
    newCardSection: () =>
      fluent<GoogleAppsScript.Card_Service.CardSection>('CardSection', '', {
        addWidget,
        setHeader: text('header'),
        setCollapsible: flag('collapsible'),
        setNumUncollapsibleWidgets: (shape, widgets) => {
          shape.uncollapsibleWidgetsCount = widgets;
        },
      }),
    newFixedFooter: () =>
      fluent<GoogleAppsScript.Card_Service.FixedFooter>('FixedFooter', '', {
        setPrimaryButton: child('primaryButton'),
        setSecondaryButton: child('secondaryButton'),
      }),
    newCardAction: () =>
      fluent<GoogleAppsScript.Card_Service.CardAction>('CardAction', '', { ...clicks, setText: text('actionLabel') }),
  };
}

function actions() {
  return {
    newAction: () =>
      fluent<GoogleAppsScript.Card_Service.Action>('Action', '', {
        setFunctionName: text('function'),
        setParameters: (shape, parameters) => {
          shape.parameters = Object.keys(parameters).map((key) => {
            if (typeof parameters[key] !== 'string') throw exception('Invalid argument: parameters');
            return { key, value: parameters[key] };
          });
        },
        setLoadIndicator: named('loadIndicator'),
        setPersistValues: flag('persistValues'),
        setAllWidgetsAreRequired: flag('allWidgetsAreRequired'),
        addRequiredWidget: (shape, widget) => {
          listIn(shape, 'requiredWidgets').push(widget);
        },
      }),
    newOpenLink: () =>
      fluent<GoogleAppsScript.Card_Service.OpenLink>('OpenLink', '', {
        setUrl: text('url'),
        setOpenAs: named('openAs'),
        setOnClose: named('onClose'),
      }),
    newAuthorizationAction: () =>
      fluent<GoogleAppsScript.Card_Service.AuthorizationAction>('AuthorizationAction', '', {
        setAuthorizationUrl: text('authorizationUrl'),
      }),
    newNotification: () =>
      fluent<GoogleAppsScript.Card_Service.Notification>('Notification', '', { setText: text('text') }),
    newNavigation: () => {
      const step = (shape: Shape, one: object): void => void listIn<object>(shape, 'navigations').push(one);
      return fluent<GoogleAppsScript.Card_Service.Navigation>('Navigation', '', {
        pushCard: (shape, card) => step(shape, { pushCard: part(card, 'card') }),
        updateCard: (shape, card) => step(shape, { updateCard: part(card, 'card') }),
        popCard: (shape) => step(shape, { pop: true }),
        popToRoot: (shape) => step(shape, { popToRoot: true }),
        popToNamedCard: (shape, cardName) => step(shape, { popToCard: cardName }),
      });
    },
  };
}

function newAuthorizationException(): GoogleAppsScript.Card_Service.AuthorizationException {
  let given: Shape = {};
  const self = fluent<GoogleAppsScript.Card_Service.AuthorizationException>(
    'AuthorizationException',
    '',
    {
      setAuthorizationUrl: text('authorizationUrl'),
      setResourceDisplayName: text('resourceDisplayName'),
      setCustomUiCallback: text('customUiCallback'),
    },
    {
      throwException: () => {
        if (given.authorizationUrl === undefined) throw exception('Authorization URL must be set.');
        throw errorNamed('AuthorizationException', 'Authorization is required to perform that action.', given);
      },
    },
  );
  given = part(self, 'authorizationException');
  return self;
}

function responses() {
  return {
    newAuthorizationException,
    newActionResponseBuilder: () =>
      buildable<GoogleAppsScript.Card_Service.ActionResponseBuilder>('ActionResponse', {
        setNavigation: (shape, navigation) => {
          shape.navigations = part(navigation, 'navigation').navigations;
        },
        setNotification: child('notification'),
        setOpenLink: child('openLink'),
        setStateChanged: flag('stateChanged'),
      }),
    newUniversalActionResponseBuilder: () =>
      buildable<GoogleAppsScript.Card_Service.UniversalActionResponseBuilder>('UniversalActionResponse', {
        displayAddOnCards: (shape, given) => {
          shape.cards = given.map((card) => part(card, 'card'));
        },
        setOpenLink: child('openLink'),
      }),
    newCalendarEventActionResponseBuilder: () =>
      buildable<GoogleAppsScript.Card_Service.CalendarEventActionResponseBuilder>('CalendarEventActionResponse', {
        addAttendees: (shape, emails) => {
          shape.attendees = [...((shape.attendees as string[] | undefined) ?? []), ...emails];
        },
        setConferenceData: child('conferenceData'),
      }),
  };
}

export function cardService(): Service {
  return simulated<Members>('CardService', {
    ...enums(),
    ...cardWidgets(),
    ...cards(),
    ...actions(),
    ...responses(),
  }) as Service;
}
