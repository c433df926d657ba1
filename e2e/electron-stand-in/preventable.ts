/** An Electron event whose default can be prevented. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function preventable<Facts extends object>(facts?: Facts): Preventable & Facts {
  const event = {
    defaultPrevented: false,
    preventDefault: (): void => {
      event.defaultPrevented = true;
    },
    ...(facts ?? ({} as Facts)),
  };
  return event;
}
