/** Ctrl-C and its kind, as one signal: whoever started something tidies up behind it. */

/** Asked again, it is still tidying up, so that nothing stays behind. */
export function untilAskedToEnd(): AbortSignal {
  const leaving = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      leaving.abort();
    });
  }
  return leaving.signal;
}
