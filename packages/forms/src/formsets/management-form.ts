import { type Pending, type PendingState, pending } from '@nuages/foundation'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import { formTemplate } from '../rendering/form-template.ts'
import type { FormSetSettings } from './form-set-options.ts'
import type { LazyForms } from './lazy-forms.ts'
import { initialForms, maxNumForms, minNumForms, totalForms } from './management-data.ts'

/** One hidden input. */
interface Count {
  readonly name: string
  readonly id: string | null
  readonly value: number | Pending
}

/** A formset, as far as it is counted. */
interface Counted {
  readonly settings: FormSetSettings
  readonly autoId: string | boolean
  readonly forms: LazyForms<unknown>
  totalFormCount(): number
  initialFormCount(): number
  addPrefix(name: string): string
}

/** The hidden inputs that say how many forms a page has. Django's `ManagementForm`. */
export class ManagementForm implements Renderable {
  readonly #formset: Counted

  constructor(formset: Counted) {
    this.#formset = formset
  }

  /** Each input; how many forms there are is known once their rows were read. */
  get inputs(): readonly Count[] {
    const { minNum, maxNum } = this.#formset.settings
    return [
      this.#input(
        totalForms,
        this.#afterForms(() => this.#formset.totalFormCount()),
      ),
      this.#input(
        initialForms,
        this.#afterForms(() => this.#formset.initialFormCount()),
      ),
      this.#input(minNumForms, minNum),
      this.#input(maxNumForms, maxNum),
    ]
  }

  #input(label: string, value: number | Pending): Count {
    const name = this.#formset.addPrefix(label)
    const { autoId } = this.#formset
    const id =
      typeof autoId === 'string' && autoId.includes('%s') ? autoId.replace('%s', () => name) : autoId ? name : null
    return { name, id, value }
  }

  #afterForms(count: () => number): Pending {
    const forms = this.#formset.forms as Pending
    return {
      [pending](): PendingState {
        const state = forms[pending]()
        return state.ready ? { ready: true, value: count() } : state
      },
    }
  }

  [renderable](): Rendering {
    return { template: formTemplate('management_form.html'), context: { inputs: this.inputs } }
  }
}
