import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import type { AutocompleteWidget } from '../pages/widgets.ts'

/** An autocomplete, ready to print. */
export class PrintedAutocomplete implements Renderable {
  readonly #widget: AutocompleteWidget

  constructor(widget: AutocompleteWidget) {
    this.#widget = widget
  }

  [renderable](): Rendering {
    return { template: 'admin/widgets/autocomplete.html', context: { widget: this.#widget } }
  }
}
