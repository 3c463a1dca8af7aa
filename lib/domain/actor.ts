/** Who did something: the user, an administrator (`id` names which), the system itself, or an impersonator. */
export interface Actor {
  readonly type: 'user' | 'admin' | 'system' | 'impersonator';
  readonly id?: string;
}
