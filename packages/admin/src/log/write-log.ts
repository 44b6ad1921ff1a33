import { ContentType } from '@nuages/contenttypes'
import type { HttpRequest } from '@nuages/http'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import { userOf } from '../site/staff-user.ts'
import { type ChangeRecord, writeChangeMessage } from './change-message.ts'
import { actionFlags, LogEntry, type LoggedAction } from './log-entry.ts'

const maxText = 200

/** Notes what the user of the request did to rows of one model. */
export async function writeLog(
  request: HttpRequest,
  action: LoggedAction,
  entries: readonly { readonly row: AnyRow; readonly records: readonly ChangeRecord[] }[],
): Promise<void> {
  const user = await userOf(request)
  for (const { row, records } of entries) {
    const contentType = await ContentType.objects.getForModel(row)
    await LogEntry.objects.create({
      userId: user.pk as never,
      contentTypeId: contentType.id,
      objectId: String(row.pk),
      objectRepr: shortened(rowLabel(row)),
      actionFlag: actionFlags[action],
      changeMessage: writeChangeMessage(records),
    })
  }
}

function shortened(text: string): string {
  const characters = [...text]
  return characters.length <= maxText ? text : `${characters.slice(0, maxText - 1).join('')}…`
}
