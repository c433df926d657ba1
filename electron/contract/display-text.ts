/**
 * Text that came from a stranger, a device or an agent, made safe to look at: control, bidi and zero-width
 * characters are shown as visible escapes, line breaks folded, length bounded. Made by core/requests/display-text.
 */
export interface DisplayText {
  readonly text: string;
  /** Something invisible or misleading was escaped. */
  readonly altered: boolean;
  /** The original was longer than what is shown. Such text cannot be approved from a notification. */
  readonly truncated: boolean;
  /** Letters of several scripts are mixed in one word (possible look-alike). */
  readonly mixedScripts: boolean;
}
