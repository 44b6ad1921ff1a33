import { AuthenticationForm, startLogin, withRefusal } from '@nuages/auth'
import { type HttpResponse, HttpResponseNotAllowed, HttpResponseSeeOther, safeNext } from '@nuages/http'
import { render } from '@nuages/views'
import type { LoginPage } from '../pages/login-page.ts'
import { frameOf } from '../site/frame.ts'
import type { PageScope } from '../site/page-scope.ts'
import { userOf } from '../site/staff-user.ts'
import { StaffAuthenticationForm } from './staff-authentication-form.ts'

/** Asks who it is, and goes on to where they wanted. */
export async function loginView(scope: PageScope): Promise<HttpResponse> {
  const { site, request } = scope
  const isPost = request.method === 'POST'
  if (!isPost && request.method !== 'GET' && !request.isHead) return new HttpResponseNotAllowed(['GET', 'HEAD', 'POST'])
  const { fields } = await request.form()
  const next = safeNext(request, fields.get('next') ?? request.query.get('next'))
  const target = next ?? site.url('index')
  if (!isPost && (await site.hasPermission(request))) return new HttpResponseSeeOther(target)
  // A site that says itself who may use it lets everybody sign in, and says so afterwards.
  const Form = site.isForStaff ? StaffAuthenticationForm : AuthenticationForm
  const form = new Form({ request, ...(isPost ? { data: fields } : {}) })
  if (await form.isValid()) return startLogin(request, form.getUser()!, { next: target })
  return loginPage(scope, form, next)
}

async function loginPage(scope: PageScope, form: AuthenticationForm, next: string | undefined): Promise<HttpResponse> {
  const { request } = scope
  const user = await userOf(request)
  const denied = user.isAuthenticated && !(await scope.site.hasPermission(request))
  const errors = form.nonFieldErrors()
  const page: LoginPage = {
    ...(await frameOf(scope, { page: 'login', title: 'Sign in' })),
    action: request.fullPath,
    fields: form.visibleFields(),
    hidden: next === undefined ? [] : [{ name: 'next', value: next }],
    errors: errors.length > 0 ? errors : null,
    deniedUser: denied ? user.getUsername() : null,
  }
  return withRefusal(await render(request, 'admin/login.html', { ...page }), form.refusal)
}
