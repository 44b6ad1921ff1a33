import type { AnyModelForm } from '@nuages/forms'
import type { RequestForm } from '@nuages/http'
import type { ModelMeta } from '@nuages/orm'
import type { AnyModel, AnyRow } from '../options/any-model.ts'
import type { FormOptions } from '../options/form-options.ts'
import type { PageScope } from '../site/page-scope.ts'
import { type AnyModelFormClass, baseForm, formClass, offeredFields } from './form-class.ts'
import { type FormPlan, planForm } from './form-plan.ts'

/** A form's class, and where its fields stand. */
export interface PlannedForm {
  readonly plan: FormPlan
  readonly Form: AnyModelFormClass
}

/** What a form is planned for. */
export interface FormInit {
  readonly meta: ModelMeta
  readonly options: FormOptions<AnyModel>
  readonly row: AnyRow | null
  readonly isReadOnly: boolean
  readonly versionCheck: boolean
  /** The row has its key, which stays. */
  readonly keepsKey?: boolean
  /** Left out in any case. */
  readonly without?: readonly string[]
}

/** The class of a form as the options want it for this request. */
export async function plannedForm({ site, request }: PageScope, init: FormInit): Promise<PlannedForm> {
  const { meta, options, row, isReadOnly, versionCheck, keepsKey = false, without = [] } = init
  const Base = baseForm(meta, options.getForm?.(request, row as never) ?? options.form)
  const offered = offeredFields(Base)
  const plan = await planForm({ meta, options, request, row, isReadOnly, keepsKey, offered, without })
  return { plan, Form: formClass({ site, meta, options, Base, editable: plan.editable, versionCheck }) }
}

/** A form: bound to what was sent, or as a page that is opened shows it. */
export function madeForm(
  { Form }: PlannedForm,
  row: AnyRow | null,
  sent: RequestForm | null,
  initial: Readonly<Record<string, unknown>> = {},
): AnyModelForm {
  const data = sent === null ? { initial } : { data: sent.fields, files: sent.files }
  return new Form({ instance: row, ...data })
}

/** What the query string says that a new row has: `?title=Draft&author=3&tags=1,2`. */
export function initialFromQuery(
  { request }: PageScope,
  { plan }: PlannedForm,
  meta: ModelMeta,
): Record<string, unknown> {
  const given = plan.editable.filter((name) => request.query.has(name))
  return Object.fromEntries(
    given.map((name) => {
      const text = request.query.get(name)!
      const isMany = meta.manyToMany.some((relation) => relation.name === name)
      return [name, isMany ? text.split(',').filter((key) => key !== '') : text]
    }),
  )
}
