/**
 * OpenClaw 2026.9.6 makes an attachment of a line that begins with `MEDIA:`, also once it has taken its own marks out of
 * the text. In a command that happens behind the gate: nobody has looked at such a file.
 */

/** `[[reply_to_current]]`, citations, and what nobody sees. */
const marks = /\[\[[^\]]*\]\]|\u{E200}cite[^\u{E201}]*\u{E201}|[\p{Co}\p{Cf}]/gu;
const fileLine = /^[^\p{L}\p{N}]*media:/imu;

export function namesFile(text: string): boolean {
  return fileLine.test(text.replaceAll(marks, ''));
}

/** @param json texts of several parts, some of them perhaps in another spelling */
export function mayNameFile(json: string): boolean {
  return /media:|\\u/iu.test(json);
}
