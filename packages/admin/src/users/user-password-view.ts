import { AdminPasswordChangeForm, type CurrentUser, type User, updateSessionAuthHash } from '@nuages/auth'
import { type HttpRequest, type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther } from '@nuages/http'
import { atomic } from '@nuages/orm'
import { html } from '@nuages/templates'
import { render } from '@nuages/views'
import { writeLog } from '../log/write-log.ts'
import { passwordRecord } from '../login/password-record.ts'
import { rowLabel } from '../model-admin/row-label.ts'
import type { AnyRow } from '../options/any-model.ts'
import type { UserPasswordPage } from '../pages/password-pages.ts'
import { frameOf } from '../site/frame.ts'
import { modelFrame, modelTrail } from '../site/model-frame.ts'
import { notify } from '../site/notify.ts'
import type { ModelScope } from '../site/page-scope.ts'

/** Sets the password of a user, whose own is not known. */
export async function userPasswordView(request: HttpRequest, user: User, scope: object): Promise<HttpResponse> {
  const { site, modelAdmin } = scope as ModelScope
  const isPost = request.method === 'POST'
  if (!isPost && request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  const sent = isPost ? { data: (await request.form()).fields } : {}
  const form = new AdminPasswordChangeForm({ user: user as unknown as CurrentUser, ...sent })
  if (!(await form.isValid())) return passwordPage(scope as ModelScope, user, form)
  await atomic(async () => {
    await form.save()
    await writeLog(request, 'change', [{ row: user as unknown as AnyRow, records: [passwordRecord] }])
  })
  const current = await request.user
  // Who sets their own stays signed in.
  if (current.pk === user.pk) await updateSessionAuthHash(request, user as unknown as CurrentUser)
  notify(request, 'success', html`The password of “${rowLabel(user)}” was changed.`)
  return new HttpResponseSeeOther(site.rowUrl('change', modelAdmin.meta, user.pk))
}

async function passwordPage(scope: ModelScope, user: User, form: AdminPasswordChangeForm): Promise<HttpResponse> {
  const { site, request, modelAdmin } = scope
  const { meta } = modelAdmin
  const errors = form.isBound ? form.nonFieldErrors() : []
  const trail = modelTrail(scope, 'row', user as unknown as AnyRow)
  const page: UserPasswordPage = {
    ...(await frameOf(scope, { page: 'user-password', title: 'Change password', current: meta, trail })),
    model: await modelFrame(scope),
    object: { key: String(user.pk), label: rowLabel(user), url: site.rowUrl('change', meta, user.pk) },
    action: request.fullPath,
    fields: form.visibleFields(),
    errors: errors.length > 0 ? errors : null,
  }
  return render(request, 'admin/auth/user/change_password.html', { ...page })
}
