import type { HttpRequest, HttpResponse } from 'nuages/http'
import { messages } from 'nuages/messages'
import { getObjectOr404, redirect, render } from 'nuages/views'
import { CommentForm } from './forms.ts'
import { Comment, Post } from './models.ts'
import { postContext } from './views.ts'

/** Takes a reader's comment in; it is shown once somebody has approved it. */
export async function comment(request: HttpRequest, { slug }: { slug: string }): Promise<HttpResponse> {
  const post = await getObjectOr404(Post.objects.published().selectRelated('author'), { slug })
  const form = await CommentForm.fromRequest(request, { instance: new Comment({ post }) })
  if (!(await form.isValid())) return render(request, 'blog/post_detail.html', await postContext(post, form))
  await form.save()
  messages.success(request, 'Thank you. Your comment is shown once somebody has read it.')
  return redirect(post, { status: 303 })
}
