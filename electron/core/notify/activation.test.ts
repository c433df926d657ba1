import { describe, expect, it } from 'vitest';
import type { Intent } from './activation.ts';
import { countingActivations } from './notify.fixture.ts';

const approve: Intent = { type: 'approve', key: 'chat:c1', revision: 1 };
const open: Intent = { type: 'open', key: 'chat:c1' };
const unknown = { intent: { type: 'open', key: null }, surface: null };

describe('a token', () => {
  it('means what it was issued for', () => {
    const activations = countingActivations();
    const token = activations.render('n1', (issue) => issue(approve));
    expect(activations.take(token)).toEqual({ intent: approve, surface: 'n1' });
  });

  it('that decides counts once; afterwards it only opens the window', () => {
    const activations = countingActivations();
    const token = activations.render('n1', (issue) => issue(approve));
    activations.take(token);
    expect(activations.take(token)).toEqual(unknown);
    expect(activations.render('n1', (issue) => issue(approve))).not.toBe(token);
  });

  it('that opens may be used again', () => {
    const activations = countingActivations();
    const token = activations.render('n1', (issue) => issue(open));
    activations.take(token);
    expect(activations.take(token)).toEqual({ intent: open, surface: 'n1' });
  });

  it.each([
    ['never issued'],
    [''],
    ['approve'],
    ['__proto__'],
    ['{"type":"approve","key":"chat:c1","revision":1}'],
  ])('that is unknown only opens the window: %s', (token) => {
    expect(countingActivations().take(token)).toEqual(unknown);
  });

  it('of a closed notification only opens the window', () => {
    const activations = countingActivations();
    const token = activations.render('n1', (issue) => issue(approve));
    activations.revoke('n1');
    expect(activations.take(token)).toEqual(unknown);
  });

  it('stays the same while the same thing is drawn again, and is another for another revision', () => {
    const activations = countingActivations();
    const draw = (intent: Intent) => activations.render('tray', (issue) => issue(intent));
    const first = draw(approve);
    expect(draw(approve)).toBe(first);
    expect(draw({ ...approve, revision: 2 })).not.toBe(first);
  });

  it('lives one drawing longer than it is shown, and no more', () => {
    const activations = countingActivations();
    const draw = (intent: Intent) => activations.render('tray', (issue) => issue(intent));
    const first = draw(approve);
    draw(open);
    draw(open);
    expect(activations.take(first)).toEqual(unknown);
    const second = draw(approve);
    draw(open);
    expect(activations.take(second)).toEqual({ intent: approve, surface: 'tray' });
  });

  it('is not shared between surfaces', () => {
    const activations = countingActivations();
    const notification = activations.render('n1', (issue) => issue(approve));
    const tray = activations.render('tray', (issue) => issue(approve));
    activations.revoke('n1');
    expect([activations.take(notification), activations.take(tray)]).toEqual([
      unknown,
      { intent: approve, surface: 'tray' },
    ]);
  });
});
