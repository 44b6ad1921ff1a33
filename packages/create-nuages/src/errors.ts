/** A project cannot be made as asked; the message says why and what to do. */
export class CreateProjectError extends Error {
  readonly code: 'invalid-name' | 'folder-not-empty' | 'template-missing'

  constructor(code: CreateProjectError['code'], message: string) {
    super(message)
    this.code = code
  }

  override get name(): string {
    return 'CreateProjectError'
  }
}
