/** Before each file of component tests. */
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, expect } from 'vitest';

/** On a slow machine the first look at a page that is loaded on demand takes seconds; the test's own limit ends it. */
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);
// The files share the page.
afterAll(() => {
  expect(document.body.innerHTML).toBe('');
});
