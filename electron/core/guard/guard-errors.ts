/** What the owner reads when a call to the guard failed. Branches on codes; the gateway's words go to the log. */
import { guardErrorTexts } from '../../contract/guard/guard-texts.ts';
import { appError } from '../../contract/result.ts';
import type { AppError } from '../../contract/result.ts';
import type { GatewayFailure } from '../ports.ts';
import { isUnknownMethod } from './guard-calls.ts';

/** Of a call that only reads. */
export function readError(failure: GatewayFailure): AppError {
  if (isUnknownMethod(failure)) return appError('unsupported', guardErrorTexts.notInstalled);
  switch (failure.code) {
    case 'CONNECTION_LOST':
      return appError('not-connected', guardErrorTexts.notConnected, true);
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return appError('gateway-timeout', guardErrorTexts.noAnswer, true);
    default:
      return appError('gateway-refused', guardErrorTexts.refused, true);
  }
}

/** Of a call that stores something: without an answer nobody knows whether it was stored. */
export function storeError(failure: GatewayFailure): AppError {
  switch (failure.code) {
    case 'CONNECTION_LOST':
      return appError('connection-lost', guardErrorTexts.saveUnknown, true);
    case 'TIMEOUT':
    case 'BAD_ANSWER':
      return appError('gateway-timeout', guardErrorTexts.saveUnknown, true);
    default:
      return appError('gateway-refused', guardErrorTexts.refused, true);
  }
}
