import { describe, expect, it } from 'vitest';
import type { TrayEntry } from '../../../core/ports.ts';
import { layoutMenu } from './menu-layout.ts';

const entries: readonly TrayEntry[] = [
  { type: 'label', label: '1 request' },
  { type: 'separator' },
  {
    type: 'submenu',
    label: 'Alice_B',
    entries: [
      { type: 'action', label: 'Deny', enabled: true, token: 'deny' },
      { type: 'action', label: 'Approve', enabled: false, token: 'approve' },
    ],
  },
];

describe('layoutMenu', () => {
  it('numbers every entry and says what it is', () => {
    expect(layoutMenu(entries, 5).root).toEqual({
      id: 0,
      properties: { 'children-display': 'submenu' },
      children: [
        { id: 5, properties: { label: '1 request', enabled: false }, children: [] },
        { id: 6, properties: { type: 'separator' }, children: [] },
        {
          id: 7,
          properties: { label: 'Alice__B', 'children-display': 'submenu' },
          children: [
            { id: 8, properties: { label: 'Deny', enabled: true }, children: [] },
            { id: 9, properties: { label: 'Approve', enabled: false }, children: [] },
          ],
        },
      ],
    });
  });

  it('knows the token of every enabled action, and of nothing else', () => {
    const layout = layoutMenu(entries, 5);
    expect([...layout.tokens]).toEqual([[8, 'deny']]);
    expect(layout.nextId).toBe(10);
  });

  it('finds every entry by its number', () => {
    const layout = layoutMenu(entries, 5);
    expect([...layout.nodes.keys()].sort((a, b) => a - b)).toEqual([0, 5, 6, 7, 8, 9]);
  });

  it('puts nothing on the bus that would end the connection', () => {
    const layout = layoutMenu([{ type: 'label', label: 'a\0b\ud800' }], 1);
    expect(layout.root.children[0]?.properties['label']).toBe('a\uFFFDb\uFFFD');
  });
});
