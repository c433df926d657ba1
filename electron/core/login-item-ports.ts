/** Starting with the owner's login. Same rules as `ports.ts`. */
import type { LoginItemView } from '../contract/login-item.ts';
import type { Result } from '../contract/result.ts';

export interface LoginItem {
  read(): Promise<Result<LoginItemView>>;
  /** @returns what holds now */
  set(on: boolean): Promise<Result<LoginItemView>>;
}
