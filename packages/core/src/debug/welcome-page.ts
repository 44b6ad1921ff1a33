import { html, type Markup } from './markup.ts'
import { cloud, type Page, page } from './page.ts'
import { welcomeStyles } from './page-styles.ts'

/** What a project without URL patterns of its own shows while `debug` is on: that it runs, what comes next, and where its admin is. */
export function welcomePage(adminPath: string | undefined): Page {
  return page({
    title: 'Nuages: it runs',
    kind: 'welcome',
    styles: welcomeStyles,
    body: html`<div class="sky" aria-hidden="true">${cloud}${cloud}${cloud}</div>
<main class="wrap">
<h1>Your project is up in the clouds.</h1>
<p class="lead">Nuages runs, and it has nothing to show yet. This page goes away with the first URL pattern of your own.</p>
<ol class="steps">
<li><strong>Make an app</strong><p>A folder with models, views and templates of its own. Add it to <code>installedApps</code>.</p><pre><code>npm run manage -- startapp blog</code></pre></li>
<li><strong>Write a view</strong><p>A function from request to response.</p><pre><code>export const home = () =&gt;
  new HttpResponse('Hello')</code></pre></li>
<li><strong>Give it an address</strong><p>In <code>urls.ts</code>.</p><pre><code>export const urlpatterns = [
  path('', home, 'home'),
]</code></pre></li>
</ol>
${adminPath === undefined ? '' : adminStep(adminPath)}<p class="foot">You see this because <code>debug</code> is on.</p>
</main>`,
  })
}

function adminStep(path: string): Markup {
  return html`<p class="foot">The admin is at <a href="${path}">${path}</a>: <code>npm run manage -- createsuperuser</code> makes the account to sign in with.</p>
`
}
