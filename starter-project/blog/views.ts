import { Http404, type HttpRequest, type HttpResponse } from 'nuages/http'
import { DetailView, getObjectOr404, ListView, redirect } from 'nuages/views'
import { CommentForm } from './forms.ts'
import { Author, Comment, Post, Tag } from './models.ts'

const pageSize = 10

export class PostList extends ListView(Post) {
  override paginateBy = pageSize

  override getQueryset() {
    return Post.objects.published().asCards()
  }
}

export class PostDetail extends DetailView(Post)<{ slug: string }> {
  override getQueryset() {
    return Post.objects.published().selectRelated('author')
  }

  override async getContextData() {
    return { ...(await super.getContextData()), ...(await postContext(this.object, new CommentForm())) }
  }
}

/** What the page of a post shows around it. */
export async function postContext(post: Post, commentForm: CommentForm) {
  const [newer, older] = await Promise.all([post.newer(), post.older()])
  return { post, newer, older, comments: await Comment.objects.under(post), commentForm }
}

export class TagList extends ListView(Tag) {}

/** The posts with one tag. */
export class TagPosts extends ListView(Post)<{ slug: string }> {
  override paginateBy = pageSize
  override templateName = 'blog/tag_detail.html'

  override getQueryset() {
    return Post.objects.published().filter({ tags__slug: this.params.slug }).asCards()
  }

  override async getContextData() {
    const tag = await getObjectOr404(Tag, { slug: this.params.slug })
    return { ...(await super.getContextData()), tag }
  }
}

export class AuthorList extends ListView(Author) {}

/** The posts of one author. */
export class AuthorPosts extends ListView(Post)<{ slug: string }> {
  override paginateBy = pageSize
  override templateName = 'blog/author_detail.html'

  override getQueryset() {
    return Post.objects.published().filter({ author__slug: this.params.slug }).asCards()
  }

  override async getContextData() {
    const author = await getObjectOr404(Author, { slug: this.params.slug })
    return { ...(await super.getContextData()), author }
  }
}

/** `/search/?q=fog barometer`: the posts that have all of the words. */
export class Search extends ListView(Post) {
  override paginateBy = pageSize
  override templateName = 'blog/search.html'

  get query(): string {
    return (this.request.query.get('q') ?? '').trim().slice(0, 100)
  }

  override getQueryset() {
    return Post.objects.published().matching(this.query).asCards()
  }

  override async getContextData() {
    return { ...(await super.getContextData()), query: this.query }
  }
}

/** `/posts/12/`: an address that stays when the slug changes. */
export async function postById(_request: HttpRequest, { id }: { id: number }): Promise<HttpResponse> {
  return redirect(await getObjectOr404(Post.objects.published(), { id }), { permanent: true })
}

/** Leads to another post every week, so the redirect is a temporary one. */
export async function latest(_request: HttpRequest): Promise<HttpResponse> {
  const post = await Post.objects.published().first()
  if (post === null) throw new Http404('There is no post yet.')
  return redirect(post, { preserveRequest: true })
}
