/** The words in which the other adapters talk about the session bus; nothing here knows the library underneath. */

/** Why a call brought nothing. Expected on any desktop, so it is a value. */
export interface BusFailure {
  /** `no-bus`: not connected. `no-answer`: deadline passed. `refused`: an error reply came. */
  readonly kind: 'no-bus' | 'no-answer' | 'refused';
  /** D-Bus error name of the reply, e.g. org.freedesktop.DBus.Error.ServiceUnknown. */
  readonly name: string | null;
}

export interface BusCall {
  /** A unique name (`:1.5`) or a well-known one. */
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** D-Bus signature of the arguments, e.g. `su`. Empty: no arguments. */
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** Which signals to be told about. Constants only: the values go into a match rule unescaped. */
export interface SignalFilter {
  readonly path: string;
  readonly interface: string;
  /** First argument, for filtering at the bus. */
  readonly arg0?: string;
}

export interface BusSignal {
  /** Unique name of the connection it really came from; set by the bus, cannot be forged. */
  readonly sender: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

/** A method of ours that others may call. */
export interface ExportedMethod {
  /** Signatures of arguments and results, and the arguments' names for introspection. */
  readonly in: string;
  readonly out: string;
  readonly argumentNames?: readonly string[];
  /**
   * `caller` is the unique name of the connection that calls. Returns the results in order. Arguments are as they
   * came: parse them. A throw becomes an error reply.
   */
  answer(body: readonly unknown[], caller: string): readonly unknown[] | Promise<readonly unknown[]>;
}

export interface ExportedProperty {
  readonly signature: string;
  read(): unknown;
}

/** One interface of one object of ours. Properties are read-only to others. */
export interface ExportedInterface {
  readonly path: string;
  readonly name: string;
  readonly methods: Readonly<Record<string, ExportedMethod>>;
  readonly properties: Readonly<Record<string, ExportedProperty>>;
  /** Signal name to signature. */
  readonly signals: Readonly<Record<string, string>>;
}
