/** Waits for something that announces itself, but not for ever: a bench that hangs measures nothing. */

/** @throws Error "<what> did not happen within …" */
export async function withDeadline<T>(what: string, promise: Promise<T>, deadlineMs: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error(`${what} did not happen within ${deadlineMs / 1_000} s.`));
  }, deadlineMs);
  try {
    return await Promise.race([promise, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
