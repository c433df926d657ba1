import { describe, expect, it } from 'vitest';
import { Screen } from './screen.ts';

function screen(terminal: { readonly columns: number } | null) {
  const written: string[] = [];
  const output = {
    write: (text: string) => written.push(text),
    ...(terminal === null ? {} : { isTTY: true, ...terminal }),
  };
  return { screen: new Screen(output), written: () => written.splice(0).join('') };
}

describe('the screen', () => {
  it('draws the status again below every line, on a terminal', () => {
    const { screen: it, written } = screen({ columns: 40 });
    it.status('1:00 lint');
    it.line('ok format');
    it.status('1:01 lint');
    expect(written()).toBe('1:00 lint\r\u001b[Kok format\n1:00 lint\r\u001b[K1:01 lint');
    it.clearStatus();
    it.line('done');
    expect(written()).toBe('\r\u001b[Kdone\n');
  });

  it('cuts the status to the width, so that it stays one line', () => {
    const { screen: it, written } = screen({ columns: 10 });
    it.status('0123456789abc');
    expect(written()).toBe('012345678');
  });

  it('writes plain lines elsewhere', () => {
    const { screen: it, written } = screen(null);
    it.status('1:00 lint');
    it.line('ok format');
    it.clearStatus();
    expect(written()).toBe('1:00 lint\nok format\n');
    expect(it.isLive).toBe(false);
  });
});
