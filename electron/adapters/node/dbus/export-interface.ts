/** Hands one of our interfaces to the D-Bus library in the shape it serves. */
import type {
  InterfaceDescriptor,
  Message,
  MessageBus,
  MethodDescriptor,
  PropertyDescriptor,
} from 'dbus-native';
import type { ExportedInterface, ExportedMethod } from './bus-types.ts';

/**
 * Tables without a prototype: the library looks the member named by a caller up in them, and must find nothing but
 * what is declared here (`constructor` and `__defineGetter__` are legal D-Bus member names).
 */
function emptyTable<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

export function exportInterface(bus: MessageBus, exported: ExportedInterface): void {
  const implementation = emptyTable<unknown>();
  const methods = emptyTable<MethodDescriptor>();
  const properties = emptyTable<PropertyDescriptor>();
  const signals = emptyTable<string[]>();

  for (const [name, method] of Object.entries(exported.methods)) {
    methods[name] = [method.in, method.out, [...(method.argumentNames ?? [])], []];
    implementation[name] = (...received: unknown[]) => answerCall(method, received);
  }
  for (const [name, property] of Object.entries(exported.properties)) {
    properties[name] = { type: property.signature, access: 'read' };
    Object.defineProperty(implementation, name, { enumerable: true, get: () => property.read() });
  }
  for (const [name, signature] of Object.entries(exported.signals)) {
    signals[name] = signature === '' ? [''] : [signature];
  }
  const descriptor: InterfaceDescriptor = { name: exported.name, methods, properties, signals };
  bus.exportInterface(implementation, exported.path, descriptor);
}

/** The library passes the arguments and then the whole message. */
async function answerCall(method: ExportedMethod, received: readonly unknown[]): Promise<unknown> {
  const message = received.at(-1) as Message;
  const results = await method.answer(received.slice(0, -1), message.sender ?? '');
  // One result is returned bare, several as an array, none as null (the library's convention).
  if (results.length === 0) return null;
  return results.length === 1 ? results[0] : results;
}
