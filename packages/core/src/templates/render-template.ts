import { Signal } from '@nuages/foundation'
import type { HttpRequest } from '@nuages/http'
import type { RenderOptions, TemplateContext, TemplateName } from '@nuages/templates'
import { apps } from '../apps/app-registry.ts'
import type { ContextProcessor } from '../apps/define-app.ts'
import { PrintedNonce } from '../csp/printed-nonce.ts'
import { csrfPolicy } from '../csrf/csrf-policy.ts'
import { PrintedToken } from '../csrf/printed-token.ts'
import { loadSessionSecret } from '../csrf/session-secret.ts'
import { languageContext } from '../locale/language-context.ts'
import { fromSettings } from '../settings/active-settings.ts'
import { templateEngine } from './template-engine.ts'

/** A template that was rendered for a request, or for none. */
export interface TemplateRendered {
  /** The names it was asked for by; a `URL` as its text. */
  readonly names: readonly string[]
  readonly context: TemplateContext
  readonly request: HttpRequest | undefined
}

/** Sent after `renderTemplate` has rendered: the test client reads contexts from it. Django's `template_rendered`. */
export const templateRendered: Signal<TemplateRendered> = new Signal('templateRendered')

const processors = fromSettings((settings): readonly ContextProcessor[] => [
  ...apps.all().flatMap((app) => app.contextProcessors ?? []),
  ...settings.templates.contextProcessors,
])

/**
 * Renders the first of `names` that exists. With a request, the context has `request`, `debug`, `csrfToken`, `cspNonce` and what the
 * context processors add: those of the apps, then those of the settings, each over the one before, and `context` over them all. With `{ autoescape: false }` it is plain text, such as a mail's.
 */
export async function renderTemplate(
  names: TemplateName | readonly TemplateName[],
  context: TemplateContext = {},
  request?: HttpRequest,
  options?: RenderOptions,
): Promise<string> {
  const whole = request === undefined ? context : Object.assign(await requestContext(request), context)
  const text = await templateEngine().render(names, whole, options)
  if (templateRendered.hasReceivers) {
    const list = typeof names === 'string' || names instanceof URL ? [names] : names
    await templateRendered.send({ names: list.map(String), context: whole, request })
  }
  return text
}

/** What every template of a request knows, whatever the view adds. */
export async function requestContext(request: HttpRequest): Promise<Record<string, unknown>> {
  if (csrfPolicy().useSessions && Reflect.has(request, 'session')) await loadSessionSecret(request)
  const context: Record<string, unknown> = {
    ...languageContext(),
    request,
    debug: debugOn(),
    csrfToken: new PrintedToken(request),
    cspNonce: new PrintedNonce(request),
  }
  for (const processor of processors()) {
    const added = processor(request)
    // Each await is a turn of its own, and most processors have nothing to wait for.
    Object.assign(context, added instanceof Promise ? await added : added)
  }
  return context
}

const debugOn = fromSettings((settings) => settings.debug)
