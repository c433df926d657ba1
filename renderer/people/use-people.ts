/** Reads who is in: when the page opens, when the app says that something changed, and when asked to. */
import { useEffect } from 'react';
import { useReading, type Reading } from '../session/use-reading.ts';

/** @param seq the snapshot's `listsSeq`; @param live false: nothing can be read now */
export function usePeople(seq: number, live: boolean): Reading<'people.list'> {
  const reading = useReading('people.list');
  const { read } = reading;

  useEffect(() => {
    if (live) void read({ elevate: false });
  }, [seq, live, read]);

  return reading;
}
