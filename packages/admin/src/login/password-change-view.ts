import { type CurrentUser, PasswordChangeForm, updateSessionAuthHash, withRefusal } from '@nuages/auth'
import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther } from '@nuages/http'
import { atomic } from '@nuages/orm'
import { render } from '@nuages/views'
import { writeLog } from '../log/write-log.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { PasswordChangePage } from '../pages/password-pages.ts'
import { frameOf } from '../site/frame.ts'
import type { PageScope } from '../site/page-scope.ts'
import { passwordRecord } from './password-record.ts'

/** Changes one's own password. This session stays; the user's others end. */
export async function passwordChangeView(scope: PageScope): Promise<HttpResponse> {
  const { site, request } = scope
  const isPost = request.method === 'POST'
  if (!isPost && request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  const user = (await request.user) as CurrentUser
  const form = new PasswordChangeForm({ user, ...(isPost ? { data: (await request.form()).fields } : {}) })
  if (!(await form.isValid())) return withRefusal(await passwordChangePage(scope, form), form.refusal)
  await atomic(async () => {
    await form.save()
    await writeLog(request, 'change', [{ row: user as unknown as AnyRow, records: [passwordRecord] }])
  })
  await updateSessionAuthHash(request, user)
  return new HttpResponseSeeOther(site.url('password-change-done'))
}

/** Says that the password was changed. */
export function passwordChangeDoneView(scope: PageScope): Promise<HttpResponse> {
  return passwordChangePage(scope, null)
}

async function passwordChangePage(scope: PageScope, form: PasswordChangeForm | null): Promise<HttpResponse> {
  const done = form === null
  const errors = form?.nonFieldErrors() ?? []
  const title = done ? 'Password changed' : 'Change password'
  const page: PasswordChangePage = {
    ...(await frameOf(scope, { page: 'password-change', title })),
    action: scope.request.fullPath,
    fields: form?.visibleFields() ?? [],
    errors: errors.length > 0 ? errors : null,
    done,
  }
  return render(scope.request, 'admin/password_change.html', { ...page })
}
