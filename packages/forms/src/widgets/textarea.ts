import type { Attributes } from '../rendering/attributes.ts'
import { Widget } from './widget.ts'

/** Text of several lines; 40 columns and 10 rows unless told. */
export class Textarea extends Widget {
  readonly templateName: string = 'widgets/textarea.html'

  constructor(attrs: Attributes = {}) {
    super({ cols: 40, rows: 10, ...attrs })
  }
}
