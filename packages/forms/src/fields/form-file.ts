import type { FileContent } from '@nuages/files'

/** What a file field holds: a file that was sent, or one that was there before, which is not loaded and so has no size yet. */
export type FormFile = Pick<FileContent, 'name' | 'bytes' | 'stream'>
