/** Values as they cross between processes and JavaScript worlds: JSON that keeps `undefined`. */

/** What becomes of functions, which cross as numbers only. */
export interface FunctionsOnTheWire {
  /** @returns the number that stands for this function of ours from now on */
  keep(ours: (...args: unknown[]) => unknown): number;
  /** @returns what calls the other side's function of this number */
  standIn(number: number): (...args: unknown[]) => unknown;
}

export interface WireValues {
  readonly encode: (value: unknown) => unknown;
  readonly decode: (value: unknown) => unknown;
}

/** Self-contained: it also goes into the page, as text. */
export function wireValues(functions: FunctionsOnTheWire): WireValues {
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { $undefined: true };
    if (typeof value === 'function') return { $function: functions.keep(value as () => unknown) };
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(encode);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
  };
  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(decode);
    if ('$undefined' in value) return undefined;
    if ('$function' in value) return functions.standIn(value.$function as number);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  };
  return { encode, decode };
}
