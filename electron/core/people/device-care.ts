/** Lists paired devices and nodes, and carries out what the owner does to them. Our own device is never removed. */
import type { DevicesListView, RemovedDevices } from '../../contract/people.ts';
import type { RemoveDevicesInput, RenameInput, RevokeTokenInput } from '../../contract/schemas.ts';
import { fail, ok, type AppError, type Result } from '../../contract/result.ts';
import type { Call } from '../gateway/calls.ts';
import type { GatewayFailure } from '../ports.ts';
import { adminScope } from '../requests/scopes.ts';
import {
  callError,
  elevationNeeded,
  listUnreadable,
  notThere,
  ownDevice,
  unsupported,
} from './call-failure.ts';
import { isNode, manageScopes, readDevices, revokeScopes } from './devices.ts';
import type { DeviceCareParts } from './people-parts.ts';
import { pairedListWire, pairedWire, type PairedWire } from './wire.ts';

const listMethod = 'device.pair.list';
const notOffered: DevicesListView = { list: [], limited: false, offered: false, unreadable: 0 };

export class DeviceCare {
  readonly #parts: DeviceCareParts;

  constructor(parts: DeviceCareParts) {
    this.#parts = parts;
  }

  /** @param elevate also those the gateway hides from a connection without administrator rights */
  async list(elevate: boolean): Promise<Result<DevicesListView>> {
    const { request, offers, held } = this.#parts;
    if (!offers(listMethod)) return ok(notOffered);
    if (!elevate || manageScopes(held()).length === 0) return this.#list(request, null);
    const listed = await this.#parts.elevate([adminScope], async (call, deviceId) =>
      this.#list(call, deviceId),
    );
    return listed.ok ? listed.value : listed;
  }

  async remove({ deviceIds, elevate }: RemoveDevicesInput): Promise<Result<RemovedDevices>> {
    if (deviceIds.some((id) => this.#isOwn(id))) return fail(ownDevice);
    if (!this.#parts.offers('device.pair.remove')) return fail(unsupported);
    return this.#act(manageScopes(this.#parts.held()), elevate, async (call) => {
      const removed: string[] = [];
      const failed: { deviceId: string; error: AppError }[] = [];
      for (const deviceId of new Set(deviceIds)) {
        const error = await this.#removeOne(call, deviceId);
        if (error === null) removed.push(deviceId);
        else failed.push({ deviceId, error });
      }
      return { removed, failed };
    });
  }

  async revoke({ deviceId, role, elevate }: RevokeTokenInput): Promise<Result<null>> {
    if (this.#isOwn(deviceId)) return fail(ownDevice);
    const scopes = await this.#scopesToRevoke(deviceId, role);
    if (!scopes.ok) return scopes;
    const revoked = await this.#act(scopes.value, elevate, async (call) =>
      call('device.token.revoke', { deviceId, role }),
    );
    return revoked.ok ? this.#asResult('device.token.revoke', revoked.value) : revoked;
  }

  /** A node goes by the name the assistant sees; every other device by the owner's label. */
  async rename({ deviceId, name, elevate }: RenameInput): Promise<Result<null>> {
    const renamed = await this.#act(manageScopes(this.#parts.held()), elevate, async (call) => {
      const device = await this.#find(call, deviceId);
      if (!device.ok) return device;
      const { method, params } = namingCall(device.value, name);
      return this.#asResult(method, await call(method, params));
    });
    return renamed.ok ? renamed.value : renamed;
  }

  async rotateOwn(): Promise<Result<null>> {
    return this.#parts.offers('device.token.rotate') ? this.#parts.rotateOwnToken() : fail(unsupported);
  }

  async #list(call: Call, hiddenDeviceId: string | null): Promise<Result<DevicesListView>> {
    const { gatewayClock, held, ownDeviceId, logger } = this.#parts;
    const answer = await call(listMethod, {});
    if (!answer.ok) return this.#failed(listMethod, answer.error);
    const devices = readDevices(answer.value, {
      clock: gatewayClock,
      held: held(),
      ownDeviceId: ownDeviceId(),
      hiddenDeviceId,
    });
    if (!devices.ok) return fail(listUnreadable);
    if (devices.value.unreadable > 0)
      logger.log('warn', 'paired-devices-unreadable', { count: devices.value.unreadable });
    return devices;
  }

  /** Only a list tells a device that is gone already from one that may not be removed. */
  async #removeOne(call: Call, deviceId: string): Promise<AppError | null> {
    const answer = await call('device.pair.remove', { deviceId });
    if (answer.ok) return null;
    const refused = this.#failed('device.pair.remove', answer.error);
    const found = await this.#find(call, deviceId);
    return !found.ok && found.error === notThere ? null : refused.error;
  }

  async #scopesToRevoke(deviceId: string, role: string): Promise<Result<readonly string[]>> {
    const { request, held } = this.#parts;
    const needed = manageScopes(held());
    // What is hidden from us cannot be looked at first; an administrator may do anything.
    if (needed.length > 0) return ok(needed);
    const device = await this.#find(request, deviceId);
    if (!device.ok) return device;
    const token = device.value.tokens?.find((each) => each.role === role && each.revokedAtMs === undefined);
    return token === undefined ? fail(notThere) : ok(revokeScopes(token, held()));
  }

  async #find(call: Call, deviceId: string): Promise<Result<PairedWire>> {
    const answer = await call(listMethod, {});
    if (!answer.ok) return this.#failed(listMethod, answer.error);
    const list = pairedListWire.safeParse(answer.value);
    if (!list.success) return fail(listUnreadable);
    for (const raw of list.data.paired) {
      const device = pairedWire.safeParse(raw);
      if (device.success && device.data.deviceId === deviceId) return ok(device.data);
    }
    return fail(notThere);
  }

  async #act<T>(
    scopes: readonly string[],
    elevate: boolean,
    action: (call: Call) => Promise<T>,
  ): Promise<Result<T>> {
    if (scopes.length === 0) return ok(await action(this.#parts.request));
    return elevate ? this.#parts.elevate(scopes, action) : fail(elevationNeeded);
  }

  #asResult(method: string, answer: Result<unknown, GatewayFailure>): Result<null> {
    return answer.ok ? ok(null) : this.#failed(method, answer.error);
  }

  #failed(method: string, failure: GatewayFailure): { readonly ok: false; readonly error: AppError } {
    const { code, detail, message } = failure;
    this.#parts.logger.log('warn', 'device-call-failed', { method, code, detail, message });
    return fail(callError(failure));
  }

  #isOwn(deviceId: string): boolean {
    return deviceId === this.#parts.ownDeviceId();
  }
}

function namingCall(device: PairedWire, name: string): { readonly method: string; readonly params: object } {
  const { deviceId } = device;
  return isNode(device) && device.nodeSurface !== undefined
    ? { method: 'node.rename', params: { nodeId: deviceId, displayName: name } }
    : { method: 'device.pair.rename', params: { deviceId, label: name } };
}
