/** A rule for new passwords. */
export interface PasswordValidator {
  /** Throws `ValidationError` where the password will not do. `user` is whose it is to be, where that is known. */
  validate(password: string, user?: object): void | Promise<void>
  /** The rule in one sentence, shown beside the field. */
  getHelpText(): string
  /** Told of each password that was stored: for rules about former ones. */
  passwordChanged?(password: string, user: object): void | Promise<void>
}
