/** Catches focus when the element that had it disappears, so that keyboard users are never thrown to the top. */
import type { RefObject } from 'react';
import { useEffect, useLayoutEffect, useRef } from 'react';

/** @param fallback gets the focus when something focused inside `container` was removed */
export function useKeepFocus(
  container: RefObject<HTMLElement | null>,
  fallback: () => HTMLElement | null,
): void {
  const wasInside = useRef(false);

  useEffect(() => {
    const note = (event: Event): void => {
      wasInside.current =
        event.target instanceof Node && (container.current?.contains(event.target) ?? false);
    };
    const forget = (): void => {
      // A click beside everything takes focus away on purpose; a click on something is followed by focusin.
      wasInside.current = false;
    };
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', forget);
    return () => {
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', forget);
    };
  }, [container]);

  useLayoutEffect(() => {
    if (wasInside.current && document.activeElement === document.body) {
      fallback()?.focus({ preventScroll: true });
    }
  });
}
