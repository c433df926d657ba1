/** A binary min-heap whose items can be removed and moved in O(log n), and whose smallest k can be read in O(k log k). */

export interface HeapHandle<T> {
  readonly item: T;
  /** Owned by the heap; -1 when not in it. */
  index: number;
}

export class OrderedHeap<T> {
  readonly #isBefore: (a: T, b: T) => boolean;
  readonly #handles: HeapHandle<T>[] = [];

  constructor(isBefore: (a: T, b: T) => boolean) {
    this.#isBefore = isBefore;
  }

  get size(): number {
    return this.#handles.length;
  }

  add(item: T): HeapHandle<T> {
    const handle: HeapHandle<T> = { item, index: this.#handles.length };
    this.#handles.push(handle);
    this.#siftUp(handle);
    return handle;
  }

  remove(handle: HeapHandle<T>): void {
    const { index } = handle;
    if (this.#handles[index] !== handle) return;
    const last = this.#handles.pop();
    handle.index = -1;
    if (last === undefined || last === handle) return;
    this.#put(last, index);
    this.#siftUp(last);
    this.#siftDown(last);
  }

  /** To be called after the item's order changed. */
  moved(handle: HeapHandle<T>): void {
    if (this.#handles[handle.index] !== handle) return;
    this.#siftUp(handle);
    this.#siftDown(handle);
  }

  first(): T | null {
    return this.#handles[0]?.item ?? null;
  }

  /** The smallest `count` items in order. */
  firstOf(count: number): readonly T[] {
    const found: T[] = [];
    const frontier = new OrderedHeap<HeapHandle<T>>((a, b) => this.#isBefore(a.item, b.item));
    const offer = (index: number): void => {
      const handle = this.#handles[index];
      if (handle !== undefined) frontier.add(handle);
    };
    offer(0);
    while (found.length < count) {
      const next = frontier.#takeFirst();
      if (next === null) break;
      found.push(next.item);
      offer(2 * next.index + 1);
      offer(2 * next.index + 2);
    }
    return found;
  }

  clear(): void {
    for (const handle of this.#handles) handle.index = -1;
    this.#handles.length = 0;
  }

  #takeFirst(): T | null {
    const top = this.#handles[0];
    if (top === undefined) return null;
    this.remove(top);
    return top.item;
  }

  #put(handle: HeapHandle<T>, index: number): void {
    this.#handles[index] = handle;
    handle.index = index;
  }

  #siftUp(handle: HeapHandle<T>): void {
    for (;;) {
      if (handle.index === 0) return;
      const parent = this.#handles[(handle.index - 1) >> 1];
      if (parent === undefined || !this.#isBefore(handle.item, parent.item)) return;
      this.#swap(handle, parent);
    }
  }

  #siftDown(handle: HeapHandle<T>): void {
    for (;;) {
      const left = this.#handles[2 * handle.index + 1];
      const right = this.#handles[2 * handle.index + 2];
      if (left === undefined) return;
      const child = right !== undefined && this.#isBefore(right.item, left.item) ? right : left;
      if (!this.#isBefore(child.item, handle.item)) return;
      this.#swap(handle, child);
    }
  }

  #swap(a: HeapHandle<T>, b: HeapHandle<T>): void {
    const index = a.index;
    this.#put(a, b.index);
    this.#put(b, index);
  }
}
