import type { CheckMessage } from '@nuages/foundation'
import { include } from '@nuages/urls'
import { checkSite } from '../checks/check-site.ts'
import { SiteRegistry } from './site-registry.ts'
import { siteUrls } from './site-urls.ts'

/**
 * A site of its own, with its own models: `const editors = new AdminSite({ name: 'editors' })`, `path('editors/',
 * editors.urls)`. Django's `AdminSite`.
 */
export class AdminSite<const Name extends string = 'admin'> extends SiteRegistry<Name> {
  /** For the URLconf: `path('admin/', admin.urls)`. */
  get urls() {
    return include(() => siteUrls(this), { namespace: this.name, appName: 'admin' })
  }

  /** What is wrong with the options of its models: for the `checks` of the app that makes a site of its own. */
  check(): CheckMessage[] {
    return checkSite(this)
  }
}
