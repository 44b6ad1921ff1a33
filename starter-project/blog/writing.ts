import { loginRequired } from 'nuages/auth'
import { PermissionDenied } from 'nuages/http'
import { messages } from 'nuages/messages'
import { reverse, reverseLazy, type ViewFunction } from 'nuages/urls'
import { CreateView, DeleteView, ListView, UpdateView } from 'nuages/views'
import { PostForm } from './forms.ts'
import { type Author, Post } from './models.ts'
import { writerOf } from './writer.ts'

declare module 'nuages/http' {
  interface RequestExtensions {
    /** Whom the signed-in user writes as, behind `writersOnly`. */
    writer: Author
  }
}

/** A view for authors: others are sent to log in, and users who are no author are refused. */
export function writersOnly<P>(view: ViewFunction<P>): ViewFunction<P> {
  return loginRequired(async (request, params: P) => {
    const writer = await writerOf(request)
    if (!writer) throw new PermissionDenied(`${await request.user} is no author: the admin says who writes as whom.`)
    request.writer = writer
    return view(request, params)
  })
}

/** The posts of whoever is logged in, drafts first. */
export class MyPosts extends ListView(Post) {
  override templateName = 'blog/my_posts.html'
  override paginateBy = 20

  override getQueryset() {
    return Post.objects.by(this.request.writer).orderBy('-isDraft', '-publishedAt', '-id')
  }
}

export class PostCreate extends CreateView(Post, { formClass: PostForm }) {
  override formValid(form: PostForm) {
    form.instance.author = this.request.writer
    return super.formValid(form)
  }

  override getSuccessUrl(): string {
    return afterSaving(this.object)
  }

  override onSuccess(form: PostForm): void {
    messages.success(this.request, `“${form.instance.title}” is saved.`)
  }
}

/** The posts of others are not there: their addresses are a 404. */
export class PostUpdate extends UpdateView(Post, { formClass: PostForm })<{ slug: string }> {
  override getQueryset() {
    return Post.objects.by(this.request.writer)
  }

  override getSuccessUrl(): string {
    return afterSaving(this.object)
  }

  override onSuccess(form: PostForm): void {
    messages.success(this.request, `“${form.instance.title}” is saved.`)
  }
}

export class PostDelete extends DeleteView(Post)<{ slug: string }> {
  override getQueryset() {
    return Post.objects.by(this.request.writer)
  }

  override successUrl = reverseLazy('blog:my-posts')

  override async getContextData() {
    return { ...(await super.getContextData()), commentCount: await this.object.comments.count() }
  }

  override onSuccess(): void {
    messages.success(this.request, `“${this.object.title}” is deleted.`)
  }
}

/** To the post if readers can see it, else to the author's list. */
function afterSaving(post: Post | null): string {
  return post?.isPublished ? post.getAbsoluteUrl() : reverse('blog:my-posts')
}
