/** Values as they cross between processes and JavaScript worlds: what structured clone takes, carried as JSON. */

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
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (typeof value === 'bigint') return { $bigint: String(value) };
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(encode);
    if (value instanceof Date) return { $date: value.getTime() };
    if (value instanceof Map) return { $map: [...value].map(encode) };
    if (value instanceof Set) return { $set: [...value].map(encode) };
    if (value instanceof Error) return { $error: [value.name, value.message] };
    if (value instanceof Promise || value instanceof WeakMap) {
      throw new Error('An object could not be cloned.');
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item)]));
  };
  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(decode);
    if ('$undefined' in value) return undefined;
    if ('$bigint' in value) return BigInt(value.$bigint as string);
    if ('$number' in value) return Number(value.$number);
    if ('$date' in value) return new Date(value.$date as number);
    if ('$map' in value) return new Map((value.$map as unknown[]).map(decode) as [unknown, unknown][]);
    if ('$set' in value) return new Set((value.$set as unknown[]).map(decode));
    if ('$error' in value) {
      const [name, message] = value.$error as [string, string];
      return name === 'Error' ? new Error(message) : Object.assign(new Error(message), { name });
    }
    if ('$function' in value) return functions.standIn(value.$function as number);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  };
  return { encode, decode };
}
