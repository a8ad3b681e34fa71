/**
 * The widgets of CardService that home, event and settings cards need.
 * Source: developers.google.com/apps-script/reference/card-service
 */
import { listIn, type Shape } from './built';
import { child, clicks, count, element, flag, fluent, named, part, text } from './card-builder';

type Cards = GoogleAppsScript.Card_Service.CardService;
type W = {
  [K in
    | 'TextParagraph'
    | 'DecoratedText'
    | 'KeyValue'
    | 'TextButton'
    | 'ImageButton'
    | 'ButtonSet'
    | 'Image'
    | 'Divider'
    | 'TextInput'
    | 'SelectionInput'
    | 'Switch'
    | 'Grid'
    | 'GridItem'
    | 'ImageComponent'
    | 'IconImage'
    | 'MaterialIcon'
    | 'Validation' as `new${K}`]: Cards[`new${K}`];
};

const decorated = {
  ...clicks,
  setText: text('text'),
  setTopLabel: text('topLabel'),
  setBottomLabel: text('bottomLabel'),
  setWrapText: flag('wrapText'),
  setStartIcon: child('startIcon'),
  setEndIcon: child('endIcon'),
  setIcon: (shape: Shape, icon: unknown) => {
    shape.startIcon = { knownIcon: String(icon) };
  },
  setIconUrl: (shape: Shape, iconUrl: string) => {
    shape.startIcon = { iconUrl };
  },
  setButton: child('button'),
  setSwitchControl: child('switchControl'),
};

const icon = {
  setAltText: text('altText'),
  setIcon: named('knownIcon'),
  setIconUrl: text('iconUrl'),
  setMaterialIcon: child('materialIcon'),
};

/** Buttons stand in lists, so they are kept bare and wrapped by the section or the set. */
function buttons(): Pick<W, 'newTextButton' | 'newImageButton' | 'newButtonSet'> {
  return {
    newTextButton: () =>
      fluent<GoogleAppsScript.Card_Service.TextButton>('TextButton', '', {
        ...clicks,
        setText: text('text'),
        setAltText: text('altText'),
        setDisabled: flag('disabled'),
        setBackgroundColor: text('backgroundColor'),
        setTextButtonStyle: named('type'),
      }),
    newImageButton: () =>
      fluent<GoogleAppsScript.Card_Service.ImageButton>('ImageButton', '', {
        ...clicks,
        setAltText: text('altText'),
        setIcon: (shape, known) => {
          shape.icon = { knownIcon: String(known) };
        },
        setIconUrl: (shape, iconUrl) => {
          shape.icon = { iconUrl };
        },
      }),
    newButtonSet: () =>
      fluent<GoogleAppsScript.Card_Service.ButtonSet>('ButtonSet', 'buttonList', { addButton: element('buttons') }),
  };
}

function texts(): Pick<W, 'newTextParagraph' | 'newDecoratedText' | 'newKeyValue' | 'newImage' | 'newDivider'> {
  return {
    newTextParagraph: () =>
      fluent<GoogleAppsScript.Card_Service.TextParagraph>('TextParagraph', 'textParagraph', { setText: text('text') }),
    newDecoratedText: () =>
      fluent<GoogleAppsScript.Card_Service.DecoratedText>('DecoratedText', 'decoratedText', decorated),
    newKeyValue: () =>
      fluent<GoogleAppsScript.Card_Service.KeyValue>('KeyValue', 'decoratedText', {
        ...clicks,
        setContent: text('text'),
        setTopLabel: text('topLabel'),
        setBottomLabel: text('bottomLabel'),
        setMultiline: flag('wrapText'),
        setIcon: decorated.setIcon,
        setIconUrl: decorated.setIconUrl,
        setButton: child('button'),
        setSwitch: child('switchControl'),
      }),
    newImage: () =>
      fluent<GoogleAppsScript.Card_Service.Image>('Image', 'image', {
        ...clicks,
        setImageUrl: text('imageUrl'),
        setAltText: text('altText'),
      }),
    newDivider: () => fluent<GoogleAppsScript.Card_Service.Divider>('Divider', 'divider', {}),
  };
}

function inputs(): Pick<W, 'newTextInput' | 'newSelectionInput' | 'newSwitch' | 'newValidation'> {
  const onChange = (shape: Shape, action: unknown): void => {
    shape.onChangeAction = part(action, 'action');
  };
  return {
    newTextInput: () =>
      fluent<GoogleAppsScript.Card_Service.TextInput>('TextInput', 'textInput', {
        setFieldName: text('name'),
        setTitle: text('label'),
        setHint: text('hintText'),
        setValue: text('value'),
        setMultiline: (shape, multiline) => {
          shape.type = multiline ? 'MULTIPLE_LINE' : 'SINGLE_LINE';
        },
        setOnChangeAction: onChange,
        setValidation: child('validation'),
      }),
    newSelectionInput: () =>
      fluent<GoogleAppsScript.Card_Service.SelectionInput>('SelectionInput', 'selectionInput', {
        setFieldName: text('name'),
        setTitle: text('label'),
        setType: named('type'),
        addItem: (shape, label, value, selected) => {
          const items = listIn<unknown>(shape, 'items');
          items.push({ text: String(label), value: String(value), selected });
        },
        setOnChangeAction: onChange,
      }),
    newSwitch: () =>
      fluent<GoogleAppsScript.Card_Service.Switch>('Switch', '', {
        setFieldName: text('name'),
        setValue: text('value'),
        setSelected: flag('selected'),
        setControlType: named('controlType'),
        setOnChangeAction: onChange,
      }),
    newValidation: () =>
      fluent<GoogleAppsScript.Card_Service.Validation>('Validation', '', {
        setCharacterLimit: count('characterLimit'),
        setInputType: named('inputType'),
      }),
  };
}

function grids(): Pick<W, 'newGrid' | 'newGridItem' | 'newImageComponent' | 'newIconImage' | 'newMaterialIcon'> {
  return {
    newGrid: () =>
      fluent<GoogleAppsScript.Card_Service.Grid>('Grid', 'grid', {
        ...clicks,
        setTitle: text('title'),
        setNumColumns: count('columnCount'),
        addItem: element('items'),
      }),
    newGridItem: () =>
      fluent<GoogleAppsScript.Card_Service.GridItem>('GridItem', '', {
        setIdentifier: text('id'),
        setTitle: text('title'),
        setSubtitle: text('subtitle'),
        setLayout: named('layout'),
        setImage: child('image'),
      }),
    newImageComponent: () =>
      fluent<GoogleAppsScript.Card_Service.ImageComponent>('ImageComponent', '', {
        setImageUrl: text('imageUri'),
        setAltText: text('altText'),
      }),
    newIconImage: () => fluent<GoogleAppsScript.Card_Service.IconImage>('IconImage', '', icon),
    newMaterialIcon: () =>
      fluent<GoogleAppsScript.Card_Service.MaterialIcon>('MaterialIcon', '', {
        setName: text('name'),
        setFill: flag('fill'),
        setWeight: count('weight'),
        setGrade: count('grade'),
      }),
  };
}

/** Every widget factory of CardService that is simulated. */
export function cardWidgets(): W {
  return { ...texts(), ...buttons(), ...inputs(), ...grids() };
}
