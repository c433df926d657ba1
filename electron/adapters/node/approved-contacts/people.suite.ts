/** Contacts, devices and nodes on a real gateway with the guard plugin: what the page shows and what each button does. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ThrowawayGateway } from '../../../../build/demo/throwaway-gateway.ts';
import { strangerWrites } from '../../../../build/demo/visitors.ts';
import { fail, ok } from '../../../contract/result.ts';
import { silentLogger } from '../../../core/gateway/outside.double.ts';
import { BlockedSenders } from '../../../core/people/blocked-senders.ts';
import { removeContactMethod } from '../../../core/people/contacts.ts';
import { GatewayClock } from '../../../core/requests/gateway-clock.ts';
import { readList } from '../../../core/requests/read.ts';
import { createLocalFinder } from '../gateway/local-finder.ts';
import {
  approvedContact,
  clock,
  connected,
  contactsOver,
  deviceWith,
  enter,
  gateway,
  hangUp,
  isReady,
  leave,
  listed,
  opened,
  ownerCalls,
  pairedDevice,
  pairedNode,
  pendingContacts,
  requestOf,
  rules,
} from './people-on-gateway.fixture.ts';

/** @param shared a gateway whose channel lets in whom the fixture says */
export function peopleSuite(shared: () => ThrowawayGateway): void {
  describe('devices and nodes', () => {
    withTheGuard(shared);

    it('are listed with their rights, ourselves first', async () => {
      const { connection, devices } = await connected();
      const phone = await pairedDevice('Bob phone', ['operator.read', 'operator.admin']);
      const node = await pairedNode('Lab node');
      const list = await listed(devices);
      expect(list[0]).toMatchObject({ own: true, deviceId: connection.ownDeviceId, connected: true });
      expect(list.filter(({ own }) => own)).toHaveLength(1);
      expect(list.find(({ deviceId }) => deviceId === phone.deviceId)).toMatchObject({
        kind: 'device',
        name: { text: 'Bob phone' },
        approvedVia: 'owner',
        connected: false,
        tokens: [{ role: 'operator', revokeElevation: [{ scope: 'operator.admin' }] }],
        manageElevation: [],
      });
      expect(list.find(({ deviceId }) => deviceId === node.nodeId)).toMatchObject({
        kind: 'node',
        name: { text: 'Lab node' },
        approvedVia: 'silent',
        connected: true,
        commands: [{ text: 'system.run' }],
        tokens: [{ role: 'node', revokeElevation: [{ scope: 'operator.admin' }] }],
      });
      await node.disconnect();
    });

    it('get another name, a node the one the assistant knows it by', async () => {
      const { devices } = await connected();
      const phone = await pairedDevice('Old name', ['operator.read']);
      const node = await pairedNode('Old node');
      for (const [deviceId, name] of [
        [phone.deviceId, 'Kitchen phone'],
        [node.nodeId, 'Kitchen node'],
      ] as const) {
        expect(await devices.rename({ deviceId, name, elevate: false })).toEqual(ok(null));
        expect((await deviceWith(devices, deviceId))?.name.text).toBe(name);
      }
      expect(JSON.stringify(await ownerCalls('node.list'))).toContain('Kitchen node');
      await node.disconnect();
    });

    it('lose their token only with the rights the token holds', async () => {
      const { devices } = await connected();
      const admin = await pairedDevice('Admin laptop', ['operator.admin']);
      const reader = await pairedDevice('Reader', ['operator.read']);
      expect(await reader.isLetIn()).toBe(true);
      const revoke = (deviceId: string, elevate: boolean) =>
        devices.revoke({ deviceId, role: 'operator', elevate });
      expect(await revoke(reader.deviceId, false)).toEqual(ok(null));
      expect(await revoke(admin.deviceId, false)).toMatchObject({ error: { code: 'elevation-needed' } });
      expect(await revoke(admin.deviceId, true)).toEqual(ok(null));
      expect((await deviceWith(devices, admin.deviceId))?.tokens).toEqual([]);
      expect(await revoke(admin.deviceId, true)).toMatchObject({ error: { code: 'request-gone' } });
      expect(await listed(devices)).not.toContainEqual(
        expect.objectContaining({
          name: expect.objectContaining({ text: expect.stringContaining('one-time') }),
        }),
      );
    });

    it('are removed several at a time; one that is gone already counts as removed, ourselves never', async () => {
      const { connection, devices } = await connected();
      const phone = await pairedDevice('Lost phone', ['operator.admin']);
      const node = await pairedNode('Old node');
      const gone = 'f'.repeat(64);
      const deviceIds = [phone.deviceId, node.nodeId, gone];
      expect(await devices.remove({ deviceIds, elevate: false })).toEqual(
        ok({ removed: deviceIds, failed: [] }),
      );
      await node.closed;
      const left = (await listed(devices)).map(({ deviceId }) => deviceId);
      expect(left.filter((deviceId) => deviceIds.includes(deviceId))).toEqual([]);
      const own = connection.ownDeviceId ?? '';
      expect(await devices.remove({ deviceIds: [own], elevate: false })).toMatchObject({
        error: { code: 'bad-input' },
      });
      expect((await listed(devices))[0]).toMatchObject({ deviceId: own });
    });

    it('hide from a connection without the gateway’s token, until the owner confirms administrator rights', async () => {
      const first = await connected();
      const phone = await pairedDevice('Hidden phone', ['operator.read']);
      first.connection.dispose();
      const finder = createLocalFinder({ logger: silentLogger, env: gateway().env });
      const isElevating = { now: false };
      const { connection, devices } = await connected({
        store: first.store,
        // Connects with the device token alone, as where the token is no plain text in the config.
        finder: {
          ...finder,
          configured: (address) =>
            isElevating.now ? finder.configured(address) : Promise.resolve(fail('no-credential')),
        },
      });
      expect(connection.hello?.authMethod).toBe('device-token');
      expect(await devices.list(false)).toMatchObject({ value: { limited: true, list: [{ own: true }] } });
      const input = { deviceIds: [phone.deviceId], elevate: false };
      expect(await devices.remove(input)).toMatchObject({ error: { code: 'elevation-needed' } });

      const heard: string[] = [];
      connection.onEvent(({ name }) => heard.push(name));
      isElevating.now = true;
      const everybody = await devices.list(true);
      expect(everybody).toMatchObject({ value: { limited: false } });
      const names = everybody.ok ? everybody.value.list.map(({ name }) => name.text) : [];
      expect(names).toContain('Hidden phone');
      expect(names.filter((name) => name.endsWith('(one-time)'))).toEqual([]);
      // The page would read its list again, without administrator rights.
      expect(heard).not.toContain('device.pair.resolved');
      expect(await devices.rename({ deviceId: phone.deviceId, name: 'Found phone', elevate: true })).toEqual(
        ok(null),
      );
      expect(await devices.remove({ ...input, elevate: true })).toEqual(
        ok({ removed: [phone.deviceId], failed: [] }),
      );
    });

    it('our own token is replaced, kept, and the old one opens nothing any more', async () => {
      const { connection, devices, store } = await connected();
      const tokenOf = () => [...store.items].find(([account]) => account.endsWith('/device-token'));
      const before = tokenOf();
      const ownId = connection.ownDeviceId;
      expect(await devices.rotateOwn()).toEqual(ok(null));
      await isReady(connection);
      expect(connection.ownDeviceId).toBe(ownId);
      const after = tokenOf();
      expect(after?.[1]).not.toBe(before?.[1]);
      connection.dispose();

      const withoutToken = {
        ...gateway().env,
        OPENCLAW_CONFIG_PATH: '/nowhere',
        OPENCLAW_GATEWAY_PORT: String(gateway().port),
        PATH: '',
      };
      const again = await connected({ env: withoutToken, store });
      expect(again.connection.hello?.authMethod).toBe('device-token');
      again.connection.dispose();

      if (before !== undefined) store.items.set(...before);
      const stale = opened({ env: withoutToken, store });
      await vi.waitFor(() => {
        expect(stale.view).toMatchObject({ state: 'blocked' });
      });
    });
  });

  describe('chat contacts', () => {
    withTheGuard(shared);

    it('are read through the plugin and from the gateway’s own store alike, and taken back through the plugin', async () => {
      const { connection } = await connected();
      await approvedContact('+15551230001');
      const throughPlugin = contactsOver(connection);
      const fromStore = contactsOver(connection, false);
      const everybody = [
        { entry: '+15551230001', source: 'pairing', means: 'person' },
        { entry: '+15559990000', source: 'config', means: 'person', removal: 'in-config' },
        { entry: 'accessGroup:family', source: 'config', means: 'group' },
      ];
      const known = await throughPlugin.list(await rules.read());
      expect(known).toMatchObject({ pairingFrom: 'plugin', configRead: true, list: everybody });
      expect(known.list[0]?.removal).toBe('possible');
      const stored = await fromStore.list(await rules.read());
      expect(stored).toMatchObject({ pairingFrom: 'state-file', list: everybody });
      expect(stored.list[0]?.removal).toBe('needs-plugin');

      const contact = { channel: 'imessage', account: 'default', entry: '+15551230001', block: false };
      expect(await fromStore.remove(contact)).toMatchObject({ error: { code: 'unsupported' } });
      expect(await throughPlugin.remove(contact)).toEqual(ok(null));
      for (const care of [throughPlugin, fromStore]) {
        expect((await care.list(await rules.read())).list.map(({ entry }) => entry)).toEqual([
          '+15559990000',
          'accessGroup:family',
        ]);
      }
      // A stranger again: the next message asks anew.
      await strangerWrites(gateway(), '+15551230001', 'me again');
      const { requestId, accountId } = await requestOf('+15551230001');
      await ownerCalls('channels.pairing.dismiss', { channel: 'imessage', accountId, requestId });
      expect(connection.hello?.methods.has(removeContactMethod)).toBe(true);
    });

    it('that are blocked are dismissed at the gateway and never reach the inbox, whatever the spelling', async () => {
      const { connection } = await connected();
      const contacts = contactsOver(connection);
      await approvedContact('+15551230002');
      const contact = { channel: 'imessage', account: 'default', entry: '+15551230002', block: true };
      expect(await contacts.remove(contact)).toEqual(ok(null));
      const dismissed = Promise.withResolvers<undefined>();
      const blocked = new BlockedSenders({
        readRules: () => rules.read(),
        request: (method, params) => connection.request(method, params),
        logger: silentLogger,
        onDismissed: () => {
          dismissed.resolve(undefined);
        },
      });
      await blocked.refresh();
      await strangerWrites(gateway(), '+15551230002', 'let me in');
      await requestOf('+15551230002');
      const answer = await connection.request('channels.pairing.list', {});
      const list = readList('chat', answer.ok ? answer.value : null, new GatewayClock(clock));
      if (!list.ok) throw new Error(list.error);
      expect(list.value.requests).toHaveLength(1);
      expect(blocked.screen(list.value).requests).toEqual([]);
      await dismissed.promise;
      expect(await pendingContacts()).toEqual([]);

      expect(await contacts.unblock({ channel: 'imessage', to: '+15551230002' })).toEqual(ok(null));
      await blocked.refresh();
      expect(blocked.screen(list.value)).toBe(list.value);
    });
  });
}

function withTheGuard(shared: () => ThrowawayGateway): void {
  beforeAll(async () => {
    await enter(shared());
  });
  afterAll(leave);
  afterEach(hangUp);
}
