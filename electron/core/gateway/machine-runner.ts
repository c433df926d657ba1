/** Holds the connection machine's state, feeds it inputs and runs its timer; what concerns sessions it hands on. */
import type { ConnectionView } from '../../contract/snapshot.ts';
import type { Clock, Random, Stop, Timers } from '../ports.ts';
import {
  initialState,
  step,
  viewOf,
  type MachineEffect,
  type MachineInput,
  type MachineState,
} from './connection-machine.ts';

export type SessionEffect = Exclude<MachineEffect, { readonly type: 'arm' | 'disarm' }>;

export interface MachineRunnerDeps {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  /** Called in order, when the new state is in force already. */
  readonly run: (effect: SessionEffect) => void;
  /** After every change and its effects. */
  readonly changed: (view: ConnectionView) => void;
}

export class MachineRunner {
  readonly #deps: MachineRunnerDeps;
  #state: MachineState = initialState;
  #view: ConnectionView = viewOf(initialState);
  #disarm: Stop | null = null;

  constructor(deps: MachineRunnerDeps) {
    this.#deps = deps;
  }

  get state(): MachineState {
    return this.#state;
  }

  /** The identical object until something changes. */
  get view(): ConnectionView {
    return this.#view;
  }

  apply(input: MachineInput): void {
    const { clock, random, changed } = this.#deps;
    const { state, effects } = step(this.#state, input, { now: clock.now(), fraction: random.fraction() });
    if (state === this.#state) return;
    this.#state = state;
    this.#view = viewOf(state);
    for (const effect of effects) this.#run(effect);
    changed(this.#view);
  }

  #run(effect: MachineEffect): void {
    switch (effect.type) {
      case 'arm':
        this.#disarm = this.#deps.timers.after(effect.delayMs, () => {
          this.apply({ type: 'timer', generation: effect.generation });
        });
        return;
      case 'disarm':
        this.#disarm?.();
        this.#disarm = null;
        return;
      default:
        this.#deps.run(effect);
    }
  }
}
