import { evaluate, resultOf, Stage } from './support/stage';

describe('CardService', () => {
  it('builds a card in the JSON of the card API', () => {
    const stage = new Stage(`function main() { const S = CardService;
      const action = S.newAction().setFunctionName('repair').setParameters({ id: '1' }).setLoadIndicator(S.LoadIndicator.SPINNER);
      const section = S.newCardSection().setHeader('State').setCollapsible(true)
        .addWidget(S.newTextParagraph().setText('all well'))
        .addWidget(S.newDecoratedText().setTopLabel('t').setText('x').setWrapText(true).setStartIcon(S.newIconImage().setIcon(S.Icon.CLOCK)).setButton(S.newTextButton().setText('go').setOnClickAction(action)))
        .addWidget(S.newTextButton().setText('open').setOpenLink(S.newOpenLink().setUrl('https://x/').setOpenAs(S.OpenAs.OVERLAY)))
        .addWidget(S.newButtonSet().addButton(S.newTextButton().setText('a').setTextButtonStyle(S.TextButtonStyle.FILLED)))
        .addWidget(S.newDivider())
        .addWidget(S.newTextInput().setFieldName('f').setTitle('F').setMultiline(true))
        .addWidget(S.newSelectionInput().setFieldName('s').setType(S.SelectionInputType.DROPDOWN).addItem('One', 1, true))
        .addWidget(S.newDecoratedText().setText('on').setSwitchControl(S.newSwitch().setFieldName('w').setSelected(true)));
      return S.newCardBuilder().setHeader(S.newCardHeader().setTitle('T').setImageStyle(S.ImageStyle.CIRCLE)).addSection(section).build(); }`);
    const action = { function: 'repair', parameters: [{ key: 'id', value: '1' }], loadIndicator: 'SPINNER' };
    expect(resultOf(stage.run('main', [], 'card'))).toEqual({
      header: { title: 'T', imageType: 'CIRCLE' },
      sections: [
        {
          header: 'State',
          collapsible: true,
          widgets: [
            { textParagraph: { text: 'all well' } },
            {
              decoratedText: {
                topLabel: 't',
                text: 'x',
                wrapText: true,
                startIcon: { knownIcon: 'CLOCK' },
                button: { text: 'go', onClick: { action } },
              },
            },
            {
              buttonList: {
                buttons: [{ text: 'open', onClick: { openLink: { url: 'https://x/', openAs: 'OVERLAY' } } }],
              },
            },
            { buttonList: { buttons: [{ text: 'a', type: 'FILLED' }] } },
            { divider: {} },
            { textInput: { name: 'f', label: 'F', type: 'MULTIPLE_LINE' } },
            { selectionInput: { name: 's', type: 'DROPDOWN', items: [{ text: 'One', value: '1', selected: true }] } },
            { decoratedText: { text: 'on', switchControl: { name: 'w', selected: true } } },
          ],
        },
      ],
    });
  });

  it('takes 100 sections of 100 widgets, not 101', () => {
    const sections = (n: number) =>
      evaluate(
        `(() => { const b = CardService.newCardBuilder(); for (let i = 0; i < ${n}; i++) b.addSection(CardService.newCardSection()); return JSON.parse(b.build().printJson()).sections.length; })()`,
      );
    expect(sections(100)).toBe(100);
    expect(sections(101)).toBe('Exception: Too many sections: at most 100 are allowed.');
    expect(
      evaluate(
        `(() => { const s = CardService.newCardSection(); for (let i = 0; i < 101; i++) s.addWidget(CardService.newDivider()); })()`,
      ),
    ).toBe('Exception: Too many widgets: at most 100 are allowed.');
  });

  it('refuses an empty card and things that are no widgets', () => {
    expect(evaluate('CardService.newCardBuilder().build()')).toBe('Exception: A card needs a header or a section.');
    expect(evaluate("CardService.newCardSection().addWidget({ text: 'x' })")).toBe(
      'Exception: Invalid argument: widget',
    );
    expect(evaluate('CardService.newTextParagraph().setText(7)')).toBe('Exception: Invalid argument: text');
    expect(evaluate('CardService.newDatePicker()')).toMatch(/NotSimulated: CardService.newDatePicker\./);
  });

  it('answers clicks with navigation, notification and state', () => {
    expect(
      evaluate(`CardService.newActionResponseBuilder()
        .setNavigation(CardService.newNavigation().popToRoot().updateCard(CardService.newCardBuilder().setHeader(CardService.newCardHeader().setTitle('T')).build()))
        .setNotification(CardService.newNotification().setText('done')).setStateChanged(true).build()`),
    ).toEqual({
      navigations: [{ popToRoot: true }, { updateCard: { header: { title: 'T' } } }],
      notification: { text: 'done' },
      stateChanged: true,
    });
  });

  it('answers universal actions with cards, and event cards with a conference', () => {
    expect(
      evaluate(
        `CardService.newUniversalActionResponseBuilder().displayAddOnCards([CardService.newCardBuilder().setHeader(CardService.newCardHeader().setTitle('T')).build()]).build()`,
      ),
    ).toEqual({ cards: [{ header: { title: 'T' } }] });
    expect(
      evaluate(`CardService.newCalendarEventActionResponseBuilder().addAttendees(['a@example.com']).setConferenceData(
        ConferenceDataService.newConferenceDataBuilder().setConferenceId('c').setConferenceSolutionId('s').addEntryPoint(
          ConferenceDataService.newEntryPoint().setEntryPointType(ConferenceDataService.EntryPointType.VIDEO).setUri('https://x/')).build()).build()`),
    ).toEqual({
      attendees: ['a@example.com'],
      conferenceData: {
        conferenceId: 'c',
        conferenceSolutionId: 's',
        entryPoints: [{ entryPointType: 'video', uri: 'https://x/' }],
      },
    });
  });

  it('asks for authorization by throwing', () => {
    const result = new Stage(
      "function main() { CardService.newAuthorizationException().setAuthorizationUrl('https://a/').setResourceDisplayName('R').throwException(); }",
    ).run('main', [], 'card');
    expect(result).toMatchObject({
      ok: false,
      name: 'AuthorizationException',
      details: { authorizationUrl: 'https://a/', resourceDisplayName: 'R' },
    });
  });
});
