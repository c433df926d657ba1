import { expect, it } from 'vitest';
import { parseBrowserArguments } from './browser-arguments.ts';

it.each([
  [[], { port: 0, openAtStart: true }],
  [['--headless'], { port: 0, openAtStart: true }],
  [['--port', '8080', '--no-open'], { port: 8080, openAtStart: false }],
  [['--port=0'], { port: 0, openAtStart: true }],
])('reads %j as %j', (argv, value) => {
  expect(parseBrowserArguments(argv)).toEqual({ ok: true, value });
});

it.each([
  [['--port']],
  [['--port', '70000']],
  [['--port', '-1']],
  [['--port', '80a']],
  [['--host', '0.0.0.0']],
  [['x']],
])('does not accept %j', (argv) => {
  expect(parseBrowserArguments(argv)).toEqual({ ok: false, error: expect.any(String) });
});
