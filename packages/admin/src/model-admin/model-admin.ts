import type { HttpRequest } from '@nuages/http'
import type { ModelMeta, RuntimeModel } from '@nuages/orm'
import type { AnyModel, AnyQuerySet } from '../options/any-model.ts'
import type { ModelAdminOptions } from '../options/model-admin-options.ts'

import { allRowsOf } from './all-rows.ts'

/** A registered model with its options. Django's `ModelAdmin`, as far as it is data; what is done with it lives beside. */
export class ModelAdmin {
  readonly model: RuntimeModel
  readonly options: ModelAdminOptions<AnyModel>

  constructor(model: RuntimeModel, options: ModelAdminOptions<AnyModel>) {
    this.model = model
    this.options = options
  }

  get meta(): ModelMeta {
    return this.model.meta
  }

  /** Every row, before `getQueryset`. */
  get allRows(): AnyQuerySet {
    return allRowsOf(this.meta)
  }

  /** The rows that the admin shows to whom the request is from. */
  rows(request: HttpRequest): AnyQuerySet {
    const { allRows, options } = this
    return options.getQueryset === undefined
      ? allRows
      : (options.getQueryset(allRows as never, request) as unknown as AnyQuerySet)
  }
}
