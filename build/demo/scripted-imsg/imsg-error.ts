/** Everything imsg refuses or cannot do; ends a command with exit code 1 and a request with an error answer. */

export const errorCode = {
  parse: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internal: -32603,
  outcomeUnknown: -32001,
  databaseUnavailable: -32002,
  bridgeUnavailable: -32003,
  mutationBlocked: -32004,
} as const;

const titles: ReadonlyMap<number, string> = new Map([
  [errorCode.parse, 'Parse error'],
  [errorCode.invalidRequest, 'Invalid Request'],
  [errorCode.methodNotFound, 'Method not found'],
  [errorCode.invalidParams, 'Invalid params'],
  [errorCode.internal, 'Internal error'],
  [errorCode.outcomeUnknown, 'Delivery outcome unknown'],
  [errorCode.databaseUnavailable, 'Database unavailable'],
  [errorCode.bridgeUnavailable, 'Bridge unavailable'],
  [errorCode.mutationBlocked, 'Mutation lane blocked'],
]);

/** What a caller may conclude about the message, said by 0.14 and newer. */
type Disposition = 'not_started' | 'may_have_completed' | 'still_in_flight';

export class ImsgError extends Error {
  readonly code: number;
  readonly disposition: Disposition | null;

  constructor(message: string, code: number = errorCode.internal, disposition: Disposition | null = null) {
    super(message);
    this.code = code;
    this.disposition = disposition;
  }

  /** The `error` member of an answer. */
  toAnswer(strict: boolean): object {
    const { code, disposition, message } = this;
    const data =
      strict && disposition !== null
        ? {
            retry_safe: disposition === 'not_started',
            disposition,
            transport: 'bridge',
            operation: 'send',
            detail: message,
          }
        : message;
    return { code, message: titles.get(code) ?? message, data };
  }
}

export function invalidParams(message: string): ImsgError {
  return new ImsgError(message, errorCode.invalidParams);
}
