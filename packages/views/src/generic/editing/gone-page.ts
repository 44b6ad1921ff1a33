import { templateEngine } from '@nuages/core'
import { type AnyForm, Input, Textarea } from '@nuages/forms'
import type { HttpRequest, HttpResponse } from '@nuages/http'
import { render } from '../../shortcuts/render.ts'
import { capitalised } from '../listing/called-at.ts'
import { defaultTemplate, metaOf, type ViewModel } from '../view-model.ts'

const template = new URL('./templates/gone.html', import.meta.url)
const plainPage = new URL('./templates/page.html', import.meta.url)

/** A text that somebody typed. */
interface SentText {
  readonly label: string
  readonly text: string
  /** How high it is shown. */
  readonly rows: number
}

/**
 * The answer to a form that was sent for a row which is not there any more: 404, with what was typed, so that nobody's work is
 * lost; without a form nothing is given back. The template is `<app>/<model>_gone.html`, or one of this package in the
 * project's `base.html`.
 */
export function gonePage(request: HttpRequest, model: ViewModel, form: AnyForm | null): Promise<HttpResponse> {
  const context = {
    base: templateEngine().has('base.html') ? 'base.html' : plainPage,
    title: `This ${metaOf(model).verboseName} is gone`,
    sent: (form?.visibleFields() ?? []).flatMap(sentText),
  }
  return render(request, [defaultTemplate(model, '_gone'), template], context, { status: 404 })
}

/** What was chosen rather than typed is quickly chosen again, and a password is shown to nobody. */
function sentText({ field, data, label }: ReturnType<AnyForm['get']>): readonly SentText[] {
  const { widget } = field
  const isTyped = widget instanceof Textarea || (widget instanceof Input && widget.inputType !== 'password')
  if (!isTyped || typeof data !== 'string' || data.trim() === '') return []
  return [{ label: capitalised(label), text: data, rows: widget instanceof Textarea ? 12 : 1 }]
}
