import type { MultiValueDict } from './multi-value-dict.ts'
import type { QueryDict } from './query-dict.ts'
import type { UploadedFile } from './uploads/uploaded-file.ts'

/** What a form sent: Django's `request.POST` and `request.FILES`. */
export interface RequestForm {
  readonly fields: QueryDict
  readonly files: MultiValueDict<UploadedFile>
}
