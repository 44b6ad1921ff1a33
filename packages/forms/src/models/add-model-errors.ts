import { textOf } from '@nuages/i18n'
import { type ModelMeta, nonFieldErrors, ValidationError, type ValidationMessage } from '@nuages/orm'
import type { Message } from '../fields/field-options.ts'
import type { AnyForm } from '../forms/base-form.ts'
import { capitalised } from './model-form-field.ts'

type OwnTexts = Readonly<Record<string, Message>> | undefined

/**
 * Gives a form the errors of its row, in the form's own words where it has some. What the model says of a field that the form
 * does not show is told all the same, among the errors of the whole.
 */
export function addModelErrors(form: AnyForm, meta: ModelMeta, { errors }: ValidationError, ofWhole: OwnTexts): void {
  for (const [key, messages] of Object.entries(errors)) {
    const field = Object.hasOwn(form.fields, key) ? form.fields[key] : undefined
    const label = field || key === nonFieldErrors ? '' : `${capitalised(meta.field(key)?.verboseName ?? key)}: `
    const texts = messages.map((message) => inOwnWords(message, field ? field.errorMessages : ofWhole, label))
    form.addError(field ? key : null, new ValidationError({ [nonFieldErrors]: texts }))
  }
}

function inOwnWords({ code, message }: ValidationMessage, texts: OwnTexts, label: string): ValidationMessage {
  const own = texts && Object.hasOwn(texts, code) ? texts[code] : undefined
  return { code, message: label + (typeof own === 'function' ? own({}) : textOf(own ?? message)) }
}
