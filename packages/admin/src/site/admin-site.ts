import { include } from '@nuages/urls'
import { SiteRegistry } from './site-registry.ts'
import { siteUrls } from './site-urls.ts'

/**
 * A site of its own, with its own models: `const editors = new AdminSite({ name: 'editors' })`, `path('editors/',
 * editors.urls)`. Django's `AdminSite`.
 */
export class AdminSite extends SiteRegistry {
  /** For the URLconf: `path('admin/', admin.urls)`. */
  get urls() {
    return include(() => siteUrls(this), { namespace: this.name, appName: 'admin' })
  }
}
