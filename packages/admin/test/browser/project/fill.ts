import { Permission, User } from '@nuages/auth'
import { ContentFile } from '@nuages/files'
import { atomic, Decimal } from '@nuages/orm'
import { picture } from './picture.ts'
import { Author, Comment, Correction, Reading, Section, Story, Tag } from './press/models.ts'

/** The password of everybody. */
export const password = 'weather-or-not-7'

const names = ['Han Sora', 'Ursula Okafor', 'Ada Lindqvist', 'Bertil Ångström', 'Zoë Marchetti', 'Noor al-Rashid']
const titles = [
  'A rain gauge with a conscience',
  'The long memory of fog',
  'Why the barometer lies on Tuesdays, and what that tells us about the people who read barometers for a living',
  'Cirrus over the harbour',
  'Föhn',
  'How to name a storm',
  'The last lighthouse keeper reads his log aloud',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  'A short history of the umbrella',
  'Frost, by those who wake up early',
]
const body = `It rained on the first day, and the gauge said so.

On the second it said nothing. **Nobody asked**, which is how these things begin: an instrument falls silent, and the town decides that the weather has improved.`

const statuses = ['published', 'published', 'draft', 'review'] as const

/** What the newspaper has: the same each time. */
export async function fill(): Promise<void> {
  await atomic(async () => {
    await people()
    await stories(
      await rows(['Essays', 'Reports', 'Notes', 'Letters'], (name, position) =>
        Section.objects.create({ name, position }),
      ),
      await authors(),
    )
    await readings()
  })
}

async function authors(): Promise<Author[]> {
  const others = Array.from({ length: 60 }, (_, index) => `Correspondent ${index + 1}`)
  return rows([...names, ...others], (name, index) =>
    Author.objects.create({
      name,
      email: index < 6 ? `desk${index + 1}@example.org` : '',
      website: index % 3 === 0 ? 'https://example.org/' : '',
      born: index < 6 ? Temporal.PlainDate.from({ year: 1960 + index * 5, month: index + 1, day: 12 }) : null,
    }),
  )
}

async function stories(sections: readonly Section[], writers: readonly Author[]): Promise<void> {
  const tags = await rows(['rain', 'fog', 'wind', 'instruments', 'harbour', 'history', 'snow', 'language'], (name) =>
    Tag.objects.create({ name }),
  )
  for (let index = 0; index < 48; index++) {
    const round = Math.floor(index / titles.length)
    const story = await Story.objects.create({
      title: `${titles[index % titles.length]}${round > 0 ? `, part ${round + 1}` : ''}`,
      slug: index === 0 ? 'a-rain-gauge-with-a-conscience' : `story-${index + 1}`,
      standfirst: 'What an instrument owes to those who trust it.',
      body,
      cover: index === 0 ? new ContentFile(picture(), 'gauge.png') : null,
      status: statuses[index % 4] ?? 'draft',
      isFeatured: index % 5 === 0,
      words: 180 + ((index * 7919) % 14000),
      fee: new Decimal(index * 25),
      publishedAt:
        index % 4 === 2 ? null : Temporal.Instant.from('2026-11-20T09:30:00Z').subtract({ hours: index * 24 * 9 }),
      author: writers[index % 6] as Author,
      section: sections[index % 4] as Section,
    })
    await story.tags.add(tags[index % 8] as Tag, tags[(index + 3) % 8] as Tag)
    if (index < 12) await remarks(story)
    if (index === 0) {
      const text = 'The gauge stood on the north side of the house.'
      await Correction.objects.create({ story, text, correctedOn: Temporal.PlainDate.from('2026-11-22') })
    }
  }
}

async function remarks(story: Story): Promise<void> {
  await Comment.objects.create({ story, name: 'Maren', body: 'I like the part about the fog.', isApproved: true })
  await Comment.objects.create({
    story,
    name: 'Bo',
    body: 'Is this the same gauge as last year? I ask because the one before it was kept on the north side of the house, out of the sun, and told of rain a day before it came; this one tells of it when everybody is wet, which is a fine thing in a historian and a poor one in an instrument.',
  })
}

async function readings(): Promise<void> {
  const stations = [
    'Harbour',
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
    '서울',
    'ירושלים',
    'North Ridge',
  ]
  for (let index = 0; index < 30; index++) {
    await Reading.objects.create({
      station: stations[index % 5] ?? '',
      takenAt: Temporal.Instant.from('2026-11-20T06:00:00Z').subtract({ hours: index * 6 }),
      temperature: new Decimal(index - 8).div(2),
      pressure: 985 + index * 2,
      humidity: index % 4 === 0 ? null : 40 + index,
      windSpeed: (index * 7) % 33,
      windDirection: ['N', 'NNE', 'SW'][index % 3] ?? '',
      rain: index % 3 === 0 ? null : new Decimal(index).div(10),
      isChecked: [true, false, null][index % 3] ?? null,
      instrument: 'Thies Clima 5.4032',
      remark: index === 1 ? 'https://example.org/a/very/long/address/without/a/single/space/in/it/to/break/at' : '',
      uploadedOn: Temporal.PlainDate.from('2026-11-20'),
    })
  }
}

async function people(): Promise<void> {
  const hana = { email: 'root@example.org', password, firstName: 'Hana', lastName: 'Sørensen' }
  await User.objects.createSuperuser({ username: 'root', ...hana })
  const reader = await User.objects.createUser({ username: 'reader', password, isStaff: true, firstName: 'Ines' })
  const codenames = ['view_story', 'view_author', 'view_comment']
  await reader.userPermissions.add(...(await Permission.objects.filter({ codename__in: codenames })))
}

/** One after the other, so that their keys are the same each time. */
async function rows<T>(names: readonly string[], make: (name: string, index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  for (const [index, name] of names.entries()) made.push(await make(name, index))
  return made
}
