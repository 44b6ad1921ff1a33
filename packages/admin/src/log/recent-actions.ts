import { mayLook } from '../model-admin/permissions.ts'
import type { RecentAction } from '../pages/index-page.ts'
import type { PageScope } from '../site/page-scope.ts'
import { userOf } from '../site/staff-user.ts'
import { LogEntry } from './log-entry.ts'

const shown = 10

/** What the user did last, newest first. */
export async function recentActions(scope: PageScope): Promise<readonly RecentAction[]> {
  const user = await userOf(scope.request)
  const entries = await LogEntry.objects
    .filter({ userId: user.pk as never })
    .selectRelated('contentType')
    .slice(0, shown)
  return Promise.all(
    entries.map(async (entry) => ({
      action: entry.action,
      object: entry.objectRepr,
      url: entry.action === 'deletion' ? null : await urlOf(scope, entry),
      model: entry.contentType === null ? null : entry.contentType.name,
      summary: entry.describe(),
      time: entry.actionTime,
    })),
  )
}

type LoggedRow = Pick<LogEntry, 'objectId'> & {
  readonly contentType: { readonly appLabel: string; readonly model: string } | null
}

async function urlOf({ site, request }: PageScope, { contentType, objectId }: LoggedRow): Promise<string | null> {
  if (contentType === null || objectId === null) return null
  const modelAdmin = site.findModelAdmin(contentType.appLabel, contentType.model)
  if (modelAdmin === undefined || !(await mayLook(modelAdmin, request))) return null
  return site.rowUrl('change', modelAdmin.meta, objectId)
}
