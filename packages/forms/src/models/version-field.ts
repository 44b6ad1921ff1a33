import { type Pending, type PendingState, pending } from '@nuages/foundation'
import { type ZodType, z } from 'zod'
import { FormField } from '../fields/form-field.ts'
import { HiddenInput } from '../widgets/input.ts'

/** The name of the hidden input that says which state of the row the page showed. */
export const versionName = '_version'

/** The hidden input of a row's version. It shows the version that the form knows, whatever was sent. */
export class VersionField extends FormField<unknown> {
  constructor() {
    super('version', { required: false, widget: HiddenInput })
  }

  protected override schema(): ZodType {
    return z.unknown()
  }

  override boundData(_data: unknown, initial: unknown): unknown {
    return initial
  }

  override hasChanged(): boolean {
    return false
  }
}

/** The version that the hidden input shows: what the form was sent, until the row was read again, or else the row's own. */
export class ShownVersion implements Pending {
  value: string | undefined
  readonly #compute: () => Promise<string>

  constructor(sent: string | undefined, compute: () => Promise<string>) {
    this.value = sent
    this.#compute = compute
  }

  [pending](): PendingState {
    if (this.value !== undefined) return { ready: true, value: this.value }
    return { ready: false, load: () => this.#load() }
  }

  async #load(): Promise<void> {
    this.value ??= await this.#compute()
  }
}
