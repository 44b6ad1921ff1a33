/** The levels that messages have by themselves; any whole number in between or above is one too. */
export const messageLevels = Object.freeze({ debug: 10, info: 20, success: 25, warning: 30, error: 40 } as const)

export type LevelName = keyof typeof messageLevels

/** A level by its name, or as a number. */
export type Level = LevelName | number

export function levelNumber(level: Level): number {
  return typeof level === 'number' ? level : messageLevels[level]
}

export function isLevelName(name: string): name is LevelName {
  return Object.hasOwn(messageLevels, name)
}
