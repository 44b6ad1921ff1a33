import type { CheckMessage } from '@nuages/foundation'
import type { ModelAdmin } from '../model-admin/model-admin.ts'
import type { SiteRegistry } from '../site/site-registry.ts'
import { checkForm } from './check-form.ts'
import { checkInlines } from './check-inlines.ts'
import { checkList } from './check-list.ts'
import { Findings } from './finding.ts'

/** Looks at the options of every model of a site. */
export function checkSite(site: SiteRegistry): CheckMessage[] {
  return site.modelAdmins().flatMap(checkModelAdmin)
}

function checkModelAdmin(modelAdmin: ModelAdmin): CheckMessage[] {
  const { meta, options } = modelAdmin
  const findings = new Findings(meta, `${meta.label} in the admin`)
  if (meta.keyFields.length > 1) {
    findings.add(
      'E904',
      `${meta.name} has a primary key of several fields, which the admin has no address for.`,
      'Take it out of the admin, as Django does, or give it a key of one field.',
    )
    return findings.found.slice()
  }
  checkList(modelAdmin, findings)
  checkForm(options, findings)
  for (const name of Object.keys(options.actions ?? {})) {
    if (name === 'delete_selected') findings.add('E130', `An action cannot be called '${name}': the built-in one is.`)
  }
  return [...findings.found, ...checkInlines(modelAdmin)]
}
