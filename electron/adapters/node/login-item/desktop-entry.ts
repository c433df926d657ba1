/** The autostart entry as text, by the Desktop Entry Specification 1.5. Pure. */

/** Tells our entry from one the owner made by hand. */
const mark = 'X-Portcullis-Entry=1';

/** Control characters cannot be written into an Exec line at all. */
const unwritable = /\p{Cc}/u;

/**
 * @param command program and arguments, absolute
 * @returns null when the command cannot be written into an entry
 */
export function autostartEntry(command: readonly string[]): string | null {
  const [program] = command;
  // An equals sign in the program's own name is forbidden by the specification.
  if (program === undefined || program.includes('=') || command.some((part) => unwritable.test(part)))
    return null;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Version=1.5',
    'Name=Portcullis',
    'Comment=Holds the gate of your OpenClaw gateway',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=portcullis',
    'Terminal=false',
    mark,
    '',
  ].join('\n');
}

export function isOurs(entry: string): boolean {
  return entry.split('\n').includes(mark);
}

/** Desktops turn an entry off by adding one of these rather than by removing it. */
export function isTurnedOff(entry: string): boolean {
  return /^(Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/imu.test(entry);
}

/** Quoted as an argument of Exec, and then escaped as a string of the file: a backslash is written four times. */
function quoted(argument: string): string {
  const inQuotes = argument.replace(/[\\"`$]/gu, String.raw`\$&`).replaceAll('%', '%%');
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`;
}
