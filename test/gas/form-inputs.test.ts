/** What a person entered on a card, wherever Google puts it. */
import { enteredText } from '../../src/gas/form-inputs';

describe('a text that was entered', () => {
  const input = { stringInputs: { value: ['ana'] } };

  it.each([
    ['below an empty key', { commonEventObject: { formInputs: { user: { '': input } } } }],
    ['at the field itself', { commonEventObject: { formInputs: { user: input } } }],
    ['in the older list', { formInputs: { user: ['ana'] } }],
    ['in the older single value', { commonEventObject: {}, formInput: { user: 'ana' } }],
  ])('is read %s', (_, event) => {
    expect(enteredText(event, 'user')).toBe('ana');
  });

  it('is empty where nothing was entered', () => {
    expect(enteredText(undefined, 'user')).toBe('');
    expect(enteredText({ commonEventObject: { formInputs: { other: input } } }, 'user')).toBe('');
    expect(enteredText({ commonEventObject: { formInputs: { user: { '': { stringInputs: {} } } } } }, 'user')).toBe('');
  });
});
