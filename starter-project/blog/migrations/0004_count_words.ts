import { positiveInteger, text } from 'nuages/orm'
import { defineMigration, noop, runCode } from 'nuages/orm/migrations'

/** As the blog counted when this was written: what becomes of its own function is no matter here. */
function countWords(source: string): number {
  const prose = source.split('```').filter((_part, index) => index % 2 === 0)
  return prose.join(' ').split(/\s+/).filter(Boolean).length
}

export default defineMigration({
  dependencies: [['blog', '0003_picture_description_and_word_count']],
  operations: [
    runCode(async (history) => {
      const Post = history.model('blog.Post', { body: text(), wordCount: positiveInteger() })
      for await (const post of Post.objects.iterator()) {
        await Post.objects.filter({ id: post.id }).update({ wordCount: countWords(post.body) })
      }
    }, noop),
  ],
})
