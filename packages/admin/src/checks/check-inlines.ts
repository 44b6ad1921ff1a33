import type { CheckMessage } from '@nuages/foundation'
import type { RuntimeModel } from '@nuages/orm'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { AnyModel } from '../options/any-model.ts'
import type { Inline, InlineOptions } from '../options/inline.ts'
import { checkForm } from './check-form.ts'
import { Findings } from './finding.ts'

/** Looks at the inlines of a model. */
export function checkInlines({ meta, options }: ModelAdmin): CheckMessage[] {
  return (options.inlines ?? []).flatMap((inline) => checkInline(meta, inline))
}

function checkInline(parent: ModelAdmin['meta'], inline: Inline): CheckMessage[] {
  const { meta } = inline.model as RuntimeModel
  const options = inline.options as unknown as InlineOptions<AnyModel>
  const findings = new Findings(meta, `${parent.label}: inline ${meta.label}`)
  checkForm(options, findings)
  const keys = meta.foreignKeys.filter(({ target }) => target === parent).map(({ name }) => name)
  const { fkName } = options
  if (keys.length === 0) findings.add('E202', `${meta.name} has no foreign key to ${parent.name}.`)
  else if (fkName !== undefined && !keys.includes(fkName)) {
    findings.add(
      'E202',
      `fkName is '${fkName}', which is no foreign key to ${parent.name}. Those to it: ${keys.join(', ')}.`,
    )
  } else if (fkName === undefined && keys.length > 1) {
    findings.add(
      'E202',
      `${meta.name} has several foreign keys to ${parent.name}: ${keys.join(', ')}. Name one as fkName.`,
    )
  }
  const counts = { E203: options.extra, E204: options.maxNum, E205: options.minNum }
  for (const [id, count] of Object.entries(counts)) {
    if (count !== undefined && !(Number.isInteger(count) && count >= 0))
      findings.add(id, `${count} is no number of rows.`)
  }
  return findings.found
}
