import type { TemplateFilter, TemplateLibrary } from '../engine.ts'
import { dateFilters, nowTag } from './date-filters.ts'
import { htmlFilters } from './html-filters.ts'
import { listFilters } from './list-filters.ts'
import { logicFilters } from './logic-filters.ts'
import { numberFilters } from './number-filters.ts'
import { textFilters } from './text-filters.ts'
import { urlFilters } from './url-filters.ts'

/** Django's filters and tags that every template knows, beside those of Nunjucks. */
export const djangoLibrary: TemplateLibrary = {
  filters: {
    ...dateFilters,
    ...htmlFilters,
    ...listFilters,
    ...logicFilters,
    ...numberFilters,
    ...textFilters,
    ...urlFilters,
  } as Readonly<Record<string, TemplateFilter>>,
  tests: { none: (value: unknown) => value === null || value === undefined },
  tags: { now: nowTag },
}
