/** Before each file of component tests. */
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

/** On a slow machine the first look at a page that is loaded on demand takes seconds; the test's own limit ends it. */
configure({ asyncUtilTimeout: 30_000 });

afterEach(cleanup);
