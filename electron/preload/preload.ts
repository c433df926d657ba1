/** Hands `window.portcullis` to the page: the contract's commands and pushes as IPC, nothing else, no logic. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../contract/api.ts';
import { channelOf, commandNames, pushNames } from '../contract/api.ts';

// SECURITY: the page names a command, never a channel; a name outside the table reaches nothing.
const commandChannels = new Map<string, string>(commandNames.map((name) => [name, channelOf(name)]));
const pushChannels = new Map<string, string>(pushNames.map((name) => [name, channelOf(name)]));

function channelIn(channels: ReadonlyMap<string, string>, name: string): string {
  const channel = channels.get(name);
  if (channel === undefined) throw new Error('Portcullis has nothing of that name.');
  return channel;
}

const bridge: Bridge = {
  invoke: (name, input) => ipcRenderer.invoke(channelIn(commandChannels, name), input) as Promise<never>,
  on(name, listener) {
    // SECURITY: the event object holds `sender` and stays on this side.
    const receive = (_event: unknown, payload: Parameters<typeof listener>[0]): void => {
      listener(payload);
    };
    const channel = channelIn(pushChannels, name);
    ipcRenderer.on(channel, receive);
    return () => {
      ipcRenderer.off(channel, receive);
    };
  },
};

contextBridge.exposeInMainWorld('portcullis', bridge);
