import { Book } from '../neutral.ts'
import type { Cases } from './case.ts'

export const textLookups: Cases = {
  'exact minds case': Book.filter({ title: 'abc' }),
  'iexact does not': Book.filter({ title__iexact: 'aBC' }),
  icontains: Book.filter({ title__icontains: 'AB' }),
  regex: Book.filter({ title__regex: '^[a-c]+$' }).orderBy('title', 'id').values('title'),
}
