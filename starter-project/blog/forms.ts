import { CheckboxSelectMultiple, ClearableFileInput, ModelForm, slug, Textarea } from 'nuages/forms'
import { slugify } from 'nuages/i18n'
import { ValidationError } from 'nuages/orm'
import { Comment, Post } from './models.ts'

/** Shows the picture that is there. */
class PictureInput extends ClearableFileInput {
  override get templates() {
    return ['blog/_picture_input.html']
  }
}

/** What authors write their posts with. The author is whoever is logged in. */
export class PostForm extends ModelForm(Post, {
  fields: [
    'title',
    'slug',
    'summary',
    'body',
    'isDraft',
    'publishedAt',
    'tags',
    'picture',
    'pictureDescription',
    'cloud',
  ],
  labels: { isDraft: 'This is a draft', publishedAt: 'Publish at', cloud: 'Drawn sky' },
  helpTexts: {
    summary: 'One or two sentences, for lists and for the head of the post.',
    body: 'A blank line between paragraphs; ## heading, > quote, - list, *emphasis*, **strong**, [text](address).',
    isDraft: 'Nobody but you sees it.',
    publishedAt: 'Left empty: as soon as it is no draft. In the future: nobody sees it until then.',
    cloud: 'Where there is no picture.',
  },
  widgets: {
    summary: new Textarea({ rows: 3 }),
    body: new Textarea({ rows: 20 }),
    tags: new CheckboxSelectMultiple(),
    picture: new PictureInput({ accept: 'image/*' }),
  },
  // In place of the model's, which may not be empty.
  formFields: {
    slug: slug({
      required: false,
      maxLength: 50,
      helpText: 'The last part of the address. Left empty, it is made of the title.',
    }),
  },
  versionCheck: true,
}) {
  override async clean() {
    const { cleanedData } = this
    if ('picture' in cleanedData && cleanedData.picture && cleanedData.pictureDescription === '') {
      this.addError('pictureDescription', new ValidationError('Describe the picture, for readers who cannot see it.'))
    }
    if ('publishedAt' in cleanedData && !cleanedData.isDraft) cleanedData.publishedAt ??= thisMinute()
    if ('slug' in cleanedData && cleanedData.slug === '') await this.#makeSlug(cleanedData.title)
  }

  async #makeSlug(title: string): Promise<void> {
    const slug = await freeSlug(slugify(title).slice(0, 46), this.instance)
    if (slug) this.cleanedData.slug = slug
    else this.addError('slug', new ValidationError('No address can be made of this title: type one.'))
  }
}

/** As exactly as an input for date and time shows it. */
const thisMinute = () => Temporal.Now.instant().round({ smallestUnit: 'minute', roundingMode: 'floor' })

/** The slug, with a number behind it where another post has it already. */
async function freeSlug(slug: string, post: Post): Promise<string> {
  const others = Post.objects.filter({ slug__startswith: slug }).exclude({ id: post.id })
  const taken = new Set(await others.valuesList('slug', { flat: true }))
  let free = slug
  for (let number = 2; taken.has(free); number++) free = `${slug}-${number}`
  return free
}

/** What readers comment with. */
export class CommentForm extends ModelForm(Comment, {
  fields: ['name', 'email', 'body'],
  labels: { body: 'Comment' },
  widgets: { body: new Textarea({ rows: 5 }) },
}) {}
