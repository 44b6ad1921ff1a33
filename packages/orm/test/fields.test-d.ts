import type { ContentFile, FileContent } from '@nuages/files'
import { expectTypeOf, test } from 'vitest'
import { char, type FieldFile, file, image, Model, manager } from '../src/index.ts'

class Paper extends Model({
  title: char({ maxLength: 9 }),
  body: file({ uploadTo: 'papers/%Y' }),
  cover: image({ blank: true }),
  scan: file({ null: true, uploadTo: (paper: { title: string }, name) => `${paper.title}/${name}` }),
  notes: file({ default: 'notes.txt' }),
}) {
  static objects = manager(Paper)
}

// Only checked by the compiler: nothing here runs.
export async function files(paper: Paper, upload: FileContent, made: ContentFile, stored: FieldFile) {
  expectTypeOf(paper.body).toEqualTypeOf<FieldFile>()
  expectTypeOf(paper.cover).toEqualTypeOf<FieldFile | null>()
  expectTypeOf(paper.scan).toEqualTypeOf<FieldFile | null>()
  expectTypeOf(paper.notes).toEqualTypeOf<FieldFile>()
  expectTypeOf(paper.body.url).toEqualTypeOf<string>()
  // @ts-expect-error: there may be none
  paper.cover.url

  await Paper.objects.create({ title: 'x', body: upload })
  await Paper.objects.create({ title: 'x', body: made, cover: stored, scan: 'x/a.txt', notes: upload })
  new Paper({ body: upload, cover: null })
  await Paper.objects.all().update({ cover: upload })
  // @ts-expect-error: the file is missing
  await Paper.objects.create({ title: 'x' })
  // @ts-expect-error: the body may not be null
  await Paper.objects.create({ title: 'x', body: null })
  // @ts-expect-error: bytes are no file: new ContentFile(bytes, name)
  await Paper.objects.create({ title: 'x', body: new Uint8Array() })

  Paper.objects.filter({ body: 'a.txt', cover: stored, scan__isnull: true, notes__endswith: '.txt' })
  // @ts-expect-error: what is not stored has no name to look for
  Paper.objects.filter({ body: upload })
  // @ts-expect-error: no such lookup
  Paper.objects.filter({ body__year: 2026 })
  // @ts-expect-error: no such option
  file({ uploadto: 'x' })
}

test('types are checked by the compiler', () => {})
