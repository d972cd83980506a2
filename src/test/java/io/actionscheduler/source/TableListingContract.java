package io.actionscheduler.source;

import io.actionscheduler.action.ActionSourceContract;

/** What every source does, for the table on every kind of database. */
interface TableListingContract extends ActionSourceContract {
  SourceWorld world() throws Exception;

  @Override
  default World listing() throws Exception {
    return new TableListing(world());
  }
}
