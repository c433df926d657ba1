/**
 * Finds an object key that is written twice. Parsers disagree about which one counts, so a frame with one could mean
 * one recipient to us and another to imsg.
 */

const quote = 0x22;
const backslash = 0x5c;

/** Expects text that JSON.parse accepts. */
export function hasDuplicateKey(json: string): boolean {
  const keys: (Set<string> | null)[] = [];
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{') keys.push(new Set());
    else if (character === '[') keys.push(null);
    else if (character === '}' || character === ']') keys.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      const seen = keys.at(-1);
      if (seen && isKey(json, end)) {
        const key = String(JSON.parse(json.slice(at, end)));
        if (seen.has(key)) return true;
        seen.add(key);
      }
      at = end - 1;
    }
  }
  return false;
}

/** By hand: a regular expression would run out of stack on a message of many megabytes. */
function endOfString(json: string, at: number): number {
  for (let index = at + 1; index < json.length; index += 1) {
    const code = json.charCodeAt(index);
    if (code === quote) return index + 1;
    if (code === backslash) index += 1;
  }
  return json.length;
}

function isKey(json: string, end: number): boolean {
  let at = end;
  while (/\s/u.test(json[at] ?? '')) at += 1;
  return json[at] === ':';
}
