import { ImproperlyConfigured } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import { formatList, gettext, ngettext } from '@nuages/i18n'
import { ValidationError } from '@nuages/orm'
import { type Renderable, type Rendering, renderable } from '@nuages/templates'
import { FieldNotClean, FormError } from '../errors.ts'
import type { AnyForm } from '../forms/base-form.ts'
import { ErrorList, type FormErrors } from '../forms/form-errors.ts'
import { formTemplate } from '../rendering/form-template.ts'
import { RenderedPart } from '../rendering/rendered-part.ts'
import { deleteField, orderField } from './add-set-fields.ts'
import { FormSetContents } from './form-set-contents.ts'
import type { FormSetInit, FormSetSettings } from './form-set-options.ts'
import { formSetSettings } from './form-set-options.ts'

/** A form and what its formset knows of it, once it was validated. */
interface Validated<Made> {
  readonly form: Made
  readonly index: number
  readonly isChanged: boolean
  /** The names of the fields that were changed. */
  readonly changed: readonly string[]
  readonly isDeleted: boolean
}

const sends: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/**
 * Several forms of one class on one page. Formsets extend `FormSet(ContactForm, {...})`, which extends this. Django's
 * `BaseFormSet`.
 */
export class BaseFormSet<Made extends AnyForm = AnyForm> extends FormSetContents<Made> implements Renderable {
  /** The class of the forms. */
  static get form(): unknown {
    throw new ImproperlyConfigured('A formset has no form: extend FormSet(ContactForm).')
  }

  static get settings(): FormSetSettings {
    return formSetSettings({})
  }

  static get defaultPrefix(): string {
    return 'form'
  }

  static async fromRequest(request: HttpRequest, options: FormSetInit = {}): Promise<BaseFormSet> {
    if (!sends.has(request.method)) return new this(options)
    const { fields: data, files } = await request.form()
    return new this({ ...options, data, files })
  }

  #validation: Promise<void> | undefined
  #validated: readonly Validated<Made>[] | undefined
  #nonFormErrors = newErrors()

  /** Validates all forms and the whole, once; `false` for an unbound formset. Forms that are to be deleted may be invalid. */
  async isValid(): Promise<boolean> {
    if (!this.isBound) return false
    this.#validation ??= this.fullClean()
    await this.#validation
    return this.#nonFormErrors.length === 0 && this.errors.every(({ size }) => size === 0)
  }

  /** Validates anew. */
  async fullClean(): Promise<void> {
    this.#nonFormErrors = newErrors()
    const forms = this.isBound ? await this.forms : []
    const validated: Validated<Made>[] = []
    for (const [index, form] of forms.entries()) {
      const [isChanged, changed] = [await form.hasChanged(), await form.changedData]
      await form.isValid()
      validated.push({
        form,
        index,
        isChanged,
        changed,
        isDeleted: this.settings.canDelete && cleanValue(form, deleteField) === true,
      })
    }
    this.#validated = validated
    if (!this.isBound) return
    this.#checkCounts()
    await this.#collect(() => this.checkForms())
    await this.#collect(() => this.clean())
  }

  async #collect(check: () => unknown): Promise<void> {
    try {
      await check()
    } catch (error) {
      if (error instanceof ValidationError) this.addError(error)
      else if (!(error instanceof FieldNotClean)) throw error
    }
  }

  #checkCounts(): void {
    const { absoluteMax, maxNum, minNum, validateMax, validateMin } = this.settings
    const { missing, total } = this.management
    if (missing.length > 0) {
      this.addError(new ValidationError(tampered(missing), { code: 'missing_management_form' }))
    }
    const kept = this.#validated!.filter(({ isDeleted }) => !isDeleted)
    const filled = kept.filter(({ isChanged, index }) => isChanged || index < this.initialFormCount())
    if ((validateMax && kept.length > maxNum) || total > absoluteMax) {
      this.addError(
        new ValidationError(
          ngettext('At most {count} form may be sent.', 'At most {count} forms may be sent.', maxNum),
          { code: 'too_many_forms' },
        ),
      )
    } else if (validateMin && filled.length < minNum) {
      this.addError(
        new ValidationError(
          ngettext('At least {count} form must be filled in.', 'At least {count} forms must be filled in.', minNum),
          { code: 'too_few_forms' },
        ),
      )
    }
  }

  /** What kinds of formsets check of their forms together, before `clean()`. */
  protected async checkForms(): Promise<void> {}

  /** Override it to check the forms together: throw `ValidationError`, or call `addError`. */
  clean(): void | Promise<void> {}

  /** Says that something is wrong with the forms as a whole. */
  addError(error: string | ValidationError): void {
    const { errors } = typeof error === 'string' ? new ValidationError(error) : error
    for (const message of Object.values(errors).flat()) this.#nonFormErrors.add(message)
  }

  /** Errors that belong to no form: too many of them, a page that was tampered with, what `clean()` found. */
  nonFormErrors(): ErrorList {
    return this.#nonFormErrors
  }

  /** What is wrong with each form; those that are to be deleted are left out. */
  get errors(): readonly FormErrors[] {
    if (!this.isBound) return []
    return this.#kept('errors').map(({ form }) => form.errors)
  }

  totalErrorCount(): number {
    const lists = this.errors.flatMap((errors) => [...errors.values()])
    return lists.reduce((sum, list) => sum + list.length, this.#nonFormErrors.length)
  }

  /** The values of the forms that were filled in and are not to be deleted. */
  get cleanedData(): Made['cleanedData'][] {
    return this.#kept('cleanedData', true).map(({ form }) => form.cleanedData)
  }

  /** The forms that are to be deleted. */
  get deletedForms(): readonly Made[] {
    return this.validated('deletedForms')
      .filter(({ isDeleted, isChanged, index }) => isDeleted && (isChanged || index < this.initialFormCount()))
      .map(({ form }) => form)
  }

  /** The forms in the order that the visitor gave them; those without a number are last. */
  get orderedForms(): readonly Made[] {
    if (!this.settings.canOrder)
      throw new FormError(`${this.constructor.name} has no order: it was made without canOrder.`)
    const place = (form: Made): number => (cleanValue(form, orderField) as number | null | undefined) ?? Infinity
    const forms = this.#kept('orderedForms', true).map(({ form }) => form)
    // Two without a number are infinitely far apart or not at all; the sort keeps their order.
    return forms.sort((a, b) => place(a) - place(b) || 0)
  }

  /** Whether the visitor changed anything. */
  async hasChanged(): Promise<boolean> {
    for (const form of await this.forms) if (await form.hasChanged()) return true
    return false
  }

  /** The forms after they were validated. Throws `FormError` before. */
  protected validated(member: string): readonly Validated<Made>[] {
    if (this.#validated) return this.#validated
    throw new FormError(`${this.constructor.name}.${member} was read before the formset was validated.`, {
      hint: this.isBound ? 'Await formset.isValid() first.' : 'The formset is not bound: give it data.',
    })
  }

  /** Those that stay; with `filled`, without the extra ones that nobody filled in. */
  #kept(member: string, filled = false): Validated<Made>[] {
    const isFilled = ({ isChanged, index }: Validated<Made>): boolean => isChanged || index < this.initialFormCount()
    return this.validated(member).filter((one) => !one.isDeleted && (!filled || isFilled(one)))
  }

  // Rendering

  /** The management form, the errors of the whole and each form in a `<div>`: what `{{ formset }}` prints. */
  asDiv(): RenderedPart {
    return new RenderedPart(formTemplate('formset.html'), { formset: this })
  }

  [renderable](): Rendering {
    return this.asDiv()[renderable]()
  }
}

function newErrors(): ErrorList {
  return new ErrorList({ errorClass: 'errorlist nonform' })
}

function cleanValue(form: AnyForm, name: string): unknown {
  const cleaned = form.cleanedData as Readonly<Record<string, unknown>>
  return Object.hasOwn(cleaned, name) ? cleaned[name] : undefined
}

function tampered(missing: readonly string[]): string {
  return gettext('The page sent no number for {names}, so its forms cannot be told apart. Open the page again.', {
    names: formatList(missing),
  })
}
