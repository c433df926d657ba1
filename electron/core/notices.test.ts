import { expect, it } from 'vitest';
import { Notices } from './notices.ts';

it('says where a damaged settings file was put, until that is dismissed', () => {
  const notices = new Notices('/data/settings.corrupt-1');
  expect(notices.list).toEqual([
    { id: 'settings-kept-aside', text: expect.stringContaining('/data/settings.corrupt-1') as string },
  ]);
  notices.dismiss('another');
  expect(notices.list).toHaveLength(1);
  notices.dismiss('settings-kept-aside');
  expect(notices.list).toEqual([]);
});

it('has nothing to say about good settings', () => {
  expect(new Notices(null).list).toEqual([]);
});

it('says a thing once, and takes it back when it is no longer so', () => {
  const notices = new Notices(null);
  notices.raise({ id: 'a', text: 'first' });
  notices.raise({ id: 'b', text: 'other' });
  notices.raise({ id: 'a', text: 'again' });
  expect(notices.list).toEqual([
    { id: 'b', text: 'other' },
    { id: 'a', text: 'again' },
  ]);
  notices.withdraw('b');
  const { list } = notices;
  notices.withdraw('b');
  expect(notices.list).toBe(list);
  expect(list).toEqual([{ id: 'a', text: 'again' }]);
});
