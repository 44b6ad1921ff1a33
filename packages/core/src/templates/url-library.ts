import type { HttpRequest } from '@nuages/http'
import type { TemplateContext, TemplateLibrary } from '@nuages/templates'
import { type ReverseArgs, reverseName } from '@nuages/urls'
import { TemplateTagError } from '../errors.ts'

function requestOf(context: TemplateContext): HttpRequest | undefined {
  return context.request as HttpRequest | undefined
}

/** `{% url 'post-detail' slug=post.slug %}`, or with the arguments in the order of the route. */
function url(context: TemplateContext, args: readonly unknown[], named: Readonly<Record<string, unknown>>): string {
  const [name, ...positional] = args
  if (typeof name !== 'string') {
    throw new TemplateTagError(
      `{% url %} takes the name of a URL pattern first, not ${name === null ? 'null' : typeof name}.`,
      {
        hint: "Write the name in quotes: {% url 'home' %}.",
      },
    )
  }
  if (positional.length > 0 && Object.keys(named).length > 0) {
    throw new TemplateTagError(`{% url '${name}' %} has arguments with and without names; it takes one or the other.`)
  }
  const currentApp = requestOf(context)?.resolverMatch?.namespace
  return reverseName(
    name,
    (positional.length > 0 ? positional : named) as ReverseArgs,
    currentApp ? { currentApp } : {},
  )
}

/** `{% querystring page=2 %}`: the request's query with some of it replaced; `none` takes a name out. */
function querystring(
  context: TemplateContext,
  _args: readonly unknown[],
  named: Readonly<Record<string, unknown>>,
): string {
  const request = requestOf(context)
  if (request === undefined) {
    throw new TemplateTagError('{% querystring %} needs the request in the context.', {
      hint: 'Render with render(request, …) or renderTemplate(name, context, request).',
    })
  }
  const text = request.query.with(named as Parameters<typeof request.query.with>[0]).toString()
  return text === '' ? '?' : `?${text}`
}

/** The tags that need the URLconf or the request. Every project has them. */
export const urlLibrary: TemplateLibrary = { tags: { url, querystring } }
