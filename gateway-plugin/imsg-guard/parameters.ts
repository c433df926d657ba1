/** What the parameters of imsg's methods and the options of its commands are for. */

export type Role =
  | 'person'
  /** Several, in a list. */
  | 'people'
  | 'chat'
  | 'row'
  /** On the command line of a poll: digits are a row, all else a chat. */
  | 'row-or-chat'
  /** Somebody sees it. */
  | 'text'
  | 'texts'
  | 'parts'
  /** Texts in JSON, on the command line. */
  | 'json'
  | 'file'
  /** How it looks or travels. */
  | 'word'
  | 'formatting'
  /** Of a message, a poll or an attempt. */
  | 'id'
  | 'whole'
  | 'flag'
  | 'region'
  /** JSON in a file, read here and written out as the value of another option. */
  | 'json-file';

export interface Parameter {
  readonly role: Role;
  /** Of several names for the same thing only one may be given: which one counts differs between versions. */
  readonly names: readonly string[];
}

export interface SendingCall {
  readonly parameters: readonly Parameter[];
  /** Only shows that somebody is there. */
  readonly sign: boolean;
}

/** @param parameters as `role:name|other name` */
export function sending(...parameters: readonly string[]): SendingCall {
  return { parameters: parameters.map(parameter), sign: false };
}

export function sign(...parameters: readonly string[]): SendingCall {
  return { parameters: parameters.map(parameter), sign: true };
}

function parameter(text: string): Parameter {
  const [role = '', names = ''] = text.split(':');
  return { role: role as Role, names: names.split('|') };
}

/** @returns null for a name the call does not have */
export function parameterOf({ parameters }: SendingCall, name: string): Parameter | null {
  return parameters.find(({ names }) => names.includes(name)) ?? null;
}
