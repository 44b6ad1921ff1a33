import { fixtureDirs } from '@nuages/core'
import { findFixtures, loadFixtures } from '@nuages/orm/serializers'

/** Loads fixtures of the project, by their names or paths, into the database of that alias. Returns how many rows they have. */
export async function loadTestFixtures(labels: readonly string[], using = 'default'): Promise<number> {
  const fixtures = labels.flatMap((label) => findFixtures(label, { dirs: fixtureDirs(), using }))
  return loadFixtures(fixtures, { using })
}
