/**
 * What a person entered on a card. Google's pages of add-ons show the value at the field itself, those of Chat and add-ons in
 * the field below an empty key; the older places have it, too.
 *
 * Google: https://developers.google.com/workspace/add-ons/concepts/event-objects
 */
interface StringInputs {
  stringInputs?: { value?: string[] };
}

/** What Google gives to a card's button, as far as inputs go. */
export interface FormEvent {
  commonEventObject?: { formInputs?: Record<string, StringInputs & { ''?: StringInputs }> };
  formInput?: Record<string, string>;
  formInputs?: Record<string, string[]>;
}

/** The text in a field; empty where nothing was entered. */
export function enteredText(event: FormEvent | undefined, field: string): string {
  const input = event?.commonEventObject?.formInputs?.[field];
  const values = input?.['']?.stringInputs?.value ?? input?.stringInputs?.value ?? event?.formInputs?.[field];
  return values?.[0] ?? event?.formInput?.[field] ?? '';
}
