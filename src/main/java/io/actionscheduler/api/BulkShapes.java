package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.oneOf;
import static io.actionscheduler.http.Schemas.open;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.http.ObjectSchema;

/** The shapes of requests and answers about changes of many jobs. */
final class BulkShapes {
  private static final ObjectSchema FILTER =
      new ObjectSchema("BulkFilter")
          .optional("ids", listOf(whole(Long.MIN_VALUE, Long.MAX_VALUE), Bulk.MOST))
          .optional("status", Shapes.STATUS)
          .optional("owner_id", text(0, 1_000))
          .optional("callback", text(1, 500))
          .optional("q", text(0, 200))
          .optional("schedule", described("A part of the schedule.", text(0, 200)));
  static final ObjectSchema INPUT =
      new ObjectSchema("NewBulk")
          .with(
              "filter",
              described(
                  "All of its conditions must hold; {} means every job of the table.", FILTER))
          .with("operation", oneOf("pause", "resume", "delete", "set"))
          .optional(
              "set", described("The values that the operation set writes.", Shapes.JOB_CHANGES));
  static final ObjectSchema STATE =
      new ObjectSchema("Bulk")
          .with("id", text())
          .with("operation", text())
          .with("status", oneOf("running", "done", "stopped", "interrupted"))
          .with("total", whole(0, Bulk.MOST))
          .with("done", whole(0, Bulk.MOST))
          .with("changed", whole(0, Bulk.MOST))
          .with("failed", whole(0, Bulk.MOST))
          .with("failures", described("The first thousand.", listOf(open(), 1_000)))
          .with("results", described("Address of the result of each job.", text()))
          .with("undo", described("Address of the rows as they were before.", text()));
  static final ObjectSchema RESULT =
      new ObjectSchema("BulkResult")
          .with("job_id", whole(Long.MIN_VALUE, Long.MAX_VALUE))
          .with("result", oneOf("changed", "deleted", "added", "failed"))
          .optional("problem", text());
  static final ObjectSchema MATCHES =
      new ObjectSchema("BulkMatches").with("dry_run", flag()).with("matches", whole(0, Bulk.MOST));

  private BulkShapes() {}
}
