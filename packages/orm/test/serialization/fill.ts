import type { RuntimeModel } from '../../src/index.ts'
import { sortDependencies } from '../../src/serialization/index.ts'
import { Article, Author, Everything, Lists, present, Shelf, Summary, Tag } from './models.ts'
import type { RandomDatabase } from './random-rows.ts'

const at = <T>(list: readonly T[], place: number): T => list[place % list.length]!

/** Puts rows into the tables. */
export async function fill({ everything, relations, lists }: RandomDatabase): Promise<void> {
  for (const values of everything) await Everything.objects.create(values as never)
  for (const values of lists) await Lists.objects.create(values as never)
  const tags: Tag[] = []
  for (const name of relations.tags) tags.push(await Tag.objects.create({ name }))
  for (const [index, parent] of relations.parents.entries()) {
    const child = tags[index]
    if (child === undefined || parent === null) continue
    child.parentId = at(tags, parent).id
    await child.save()
  }
  for (const [one, other] of relations.friends) await at(tags, one).related.add(at(tags, other))
  const authors: Author[] = []
  for (const lastName of relations.authors) authors.push(await Author.objects.create({ firstName: 'x', lastName }))
  for (const { slug, author, tags: places, summary, favoured } of relations.articles) {
    const article = await Article.objects.create({ slug, author: at(authors, author) })
    await article.tags.set(places.map((place) => at(tags, place)))
    if (summary !== null) await Summary.objects.create({ article, body: summary })
    if (favoured === null) continue
    const fan = at(authors, favoured)
    fan.favouriteId = article.id
    await fan.save()
  }
  for (const [room, number, changes] of relations.shelves) await Shelf.objects.create({ room, number, changes })
}

/** Every row of every model, or of some, in the order in which natural keys can be read. */
export async function* everyRow(
  models: readonly RuntimeModel[] = present.map((meta) => meta.model),
): AsyncGenerator<object, void, undefined> {
  for (const model of sortDependencies(models, { allowCycles: true })) {
    const { objects } = model as unknown as { objects: typeof Tag.objects }
    yield* objects.orderBy('pk')
  }
}
