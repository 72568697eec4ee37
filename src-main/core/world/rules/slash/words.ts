/** Splits a command at its spaces, but not inside brackets, braces or quotes: "stone[custom_name='\"a b\"'] 3" is two words. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let depth = 0;
  let quote: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quote !== null) {
      word += character;
      if (character === '\\' && i + 1 < text.length) word += text[(i += 1)]!;
      else if (character === quote) quote = null;
      continue;
    }
    if (character === ' ' && depth === 0) {
      words.push(word);
      word = '';
      continue;
    }
    // An apostrophe in plain speech ("don't") opens nothing: quotes count inside brackets only.
    if ((character === '"' || character === "'") && depth > 0) quote = character;
    if (character === '[' || character === '{') depth += 1;
    if ((character === ']' || character === '}') && depth > 0) depth -= 1;
    word += character;
  }
  words.push(word);
  return words;
}
