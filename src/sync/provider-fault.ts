/**
 * What an error in a provider's own code is called in the log: its name and message, and nothing of the meeting.
 *
 * A message may quote what it tripped over: what stands in quotes, an address, and every word that the meeting holds is
 * left out of it.
 */
import type { Meeting } from '../core/meeting';

const MAX_MESSAGE_CHARS = 200;
const LEFT_OUT = '…';
/** Shorter ones are everybody's: "of" tells nothing of a meeting, and without it no message can be read. */
const MIN_WORD_CHARS = 3;

export interface ProviderFault {
  error: string;
  message: string;
}

/** @param texts what the meeting holds: its title, description and the addresses of its guests. */
export function faultOf(thrown: unknown, texts: readonly string[]): ProviderFault {
  // By shape: an error may come from another realm, and anything can be thrown.
  const { name, message } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  const words = new Set(texts.flatMap(wordsOf));
  const safe = (text: unknown, fallback: string) =>
    (typeof text === 'string' && text !== '' ? text : fallback)
      .replace(/"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”/g, LEFT_OUT)
      .replace(/\S+(@|:\/\/)\S+/g, LEFT_OUT)
      .replace(/[\p{L}\p{N}]+/gu, (word) => (words.has(word.toLowerCase()) ? LEFT_OUT : word))
      .slice(0, MAX_MESSAGE_CHARS);
  return { error: safe(name, 'Error'), message: safe(message, 'It says nothing.') };
}

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= MIN_WORD_CHARS);
}

/** What a meeting holds in the words of people. */
export function textsOf({ title, description, guests }: Meeting): string[] {
  return [title, description, ...guests.map(({ email }) => email)];
}
