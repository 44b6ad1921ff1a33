import { Http404, type HttpResponse } from '@nuages/http'
import { render } from '@nuages/views'
import { recentActions } from '../log/recent-actions.ts'
import type { AppIndexPage, IndexPage } from '../pages/index-page.ts'
import { frameOf } from './frame.ts'
import { navOf } from './nav.ts'
import type { PageScope } from './page-scope.ts'

/** The front page: every app and model, and what the user did last. */
export async function indexView(scope: PageScope): Promise<HttpResponse> {
  const frame = await frameOf(scope, { page: 'index', title: scope.site.indexTitle })
  const page: IndexPage = { ...frame, apps: frame.nav, recentActions: await recentActions(scope) }
  return render(scope.request, 'admin/index.html', { ...page })
}

/** The models of one app. */
export async function appIndexView(scope: PageScope, params: { readonly app: string }): Promise<HttpResponse> {
  const app = (await navOf(scope, params.app)).find(({ appLabel }) => appLabel === params.app)
  if (app === undefined) throw new Http404(`There is no app '${params.app}' here, or nothing in it for you to see.`)
  const frame = await frameOf(scope, { page: 'app-index', title: app.name, current: params.app })
  const page: AppIndexPage = { ...frame, app }
  return render(scope.request, [`admin/${params.app}/app_index.html`, 'admin/app_index.html'], { ...page })
}
