import { describe, expect, it } from 'vitest';
import { Listeners } from './listeners.ts';

function heardBy(listeners: Listeners<[string, number]>) {
  const heard: string[] = [];
  const hear =
    (name: string) =>
    (what: string, amount: number): void => {
      heard.push(`${name}: ${what} ${amount}`);
    };
  return { heard, hear, add: (name: string) => listeners.add(hear(name)) };
}

describe('listeners', () => {
  it('all hear the news, in the order in which they came, until they stop', () => {
    const listeners = new Listeners<[string, number]>();
    const { heard, add } = heardBy(listeners);
    const stopFirst = add('first');
    add('second');
    listeners.emit('rain', 1);
    stopFirst();
    stopFirst();
    listeners.emit('sun', 2);
    expect(heard).toEqual(['first: rain 1', 'second: rain 1', 'second: sun 2']);
  });

  it('are counted per registration, also when it is the same function twice', () => {
    const listeners = new Listeners<[string, number]>();
    const { heard, hear } = heardBy(listeners);
    const twice = hear('twice');
    const stop = listeners.add(twice);
    listeners.add(twice);
    expect(listeners.size).toBe(2);
    stop();
    listeners.emit('rain', 1);
    expect([listeners.size, heard]).toEqual([1, ['twice: rain 1']]);
  });

  it('may stop others and bring new ones while the news goes round', () => {
    const listeners = new Listeners<[string, number]>();
    const { heard, add } = heardBy(listeners);
    listeners.add(() => {
      stopOther();
      add('new');
    });
    const stopOther = add('other');
    listeners.emit('rain', 1);
    expect([listeners.size, heard]).toEqual([2, []]);
  });

  it('hear nothing more once cleared, even by one of them', () => {
    const listeners = new Listeners<[string, number]>();
    const { heard, add } = heardBy(listeners);
    listeners.add(() => {
      listeners.clear();
    });
    add('other');
    listeners.emit('rain', 1);
    expect([listeners.size, heard]).toEqual([0, []]);
  });
});
