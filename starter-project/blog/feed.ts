import { renderTemplate } from 'nuages'
import { type HttpRequest, HttpResponse } from 'nuages/http'
import { reverse } from 'nuages/urls'
import { Post } from './models.ts'

const feedLength = 20

/** What XML 1.0 (§2.2) has no room for, not even escaped. */
const unfitForXml = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu

/** The newest posts, whole, as an Atom feed (RFC 4287). */
export async function feed(request: HttpRequest): Promise<HttpResponse> {
  const posts = await Post.objects.published().selectRelated('author').prefetchRelated('tags').slice(0, feedLength)
  const updated = posts.map((post) => post.revisedAt).reduce(later, Temporal.Instant.fromEpochMilliseconds(0))
  const context = {
    home: request.buildAbsoluteUri(reverse('blog:post-list')),
    self: request.buildAbsoluteUri(reverse('blog:feed')),
    updated,
    entries: posts.map((post) => ({
      post,
      // The address by number is the one that never changes, which is what an id has to do.
      id: request.buildAbsoluteUri(reverse('blog:post-by-id', { id: post.id })),
      url: request.buildAbsoluteUri(post.getAbsoluteUrl()),
    })),
  }
  const xml = await renderTemplate('blog/feed.xml', context, request)
  return new HttpResponse(xml.replaceAll(unfitForXml, ''), {
    contentType: 'application/atom+xml; charset=utf-8',
    headers: { 'Last-Modified': new Date(updated.epochMilliseconds).toUTCString() },
  })
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
