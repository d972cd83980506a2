package io.actionscheduler.api;

import static io.actionscheduler.http.Schemas.described;
import static io.actionscheduler.http.Schemas.flag;
import static io.actionscheduler.http.Schemas.listOf;
import static io.actionscheduler.http.Schemas.orNull;
import static io.actionscheduler.http.Schemas.text;
import static io.actionscheduler.http.Schemas.time;
import static io.actionscheduler.http.Schemas.whole;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ClusterForm;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.Method;
import io.actionscheduler.http.ObjectSchema;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Route;
import io.actionscheduler.store.ownership.ClusterState;
import java.util.List;
import java.util.Optional;

/** The processes of the cluster and their shards, as {@code cluster status} shows them. */
final class ClusterRoutes {
  private static final int MOST = 10_000;
  private static final ObjectSchema MEMBER =
      new ObjectSchema("ClusterMember")
          .with(
              "member",
              described(
                  "Number of the process; it gets another one after it has lost its lease.",
                  whole(1, Long.MAX_VALUE)))
          .with("host", text())
          .with("pid", whole(0, Long.MAX_VALUE))
          .with("alive", described("Whether its lease is in force.", flag()))
          .with("since", time())
          .with("lease_until", time())
          .with("shards", described("How many it has.", whole(0, MOST)));
  private static final ObjectSchema SHARD =
      new ObjectSchema("ClusterShard")
          .with("shard", whole(0, MOST))
          .with(
              "member",
              described(
                  "The process that claimed the shard last; null if it gave the shard back.",
                  orNull(whole(1, Long.MAX_VALUE))))
          .with(
              "token",
              described("Grows whenever the shard is taken over.", whole(0, Long.MAX_VALUE)))
          .with("since", orNull(time()));

  static final ObjectSchema SHAPE =
      new ObjectSchema("Cluster")
          .with("name", text())
          .with("members", listOf(MEMBER, MOST))
          .with("shards", listOf(SHARD, MOST))
          .with(
              "without_owner",
              described("Shards whose actions do not fire now.", listOf(whole(0, MOST), MOST)))
          .with("last_taken", orNull(time()));

  private final Parts parts;

  ClusterRoutes(Parts parts) {
    this.parts = parts;
  }

  List<Route> all() {
    return List.of(
        Route.of(Method.GET, "/api/v1/cluster")
            .needs(Right.READ)
            .summary(
                "The processes of the cluster and the shards of each; 404 where the settings name"
                    + " no cluster.")
            .gives(200, SHAPE)
            .by(
                call ->
                    Answer.ok(
                        ClusterForm.of(
                            state()
                                .orElseThrow(
                                    () ->
                                        Problem.of(
                                            404,
                                            "cluster.name is not set: this process is in no"
                                                + " cluster")),
                            parts.settings().timezone()))));
  }

  private Optional<ClusterState> state() throws Problem {
    return parts.settings().cluster().isEmpty() ? Optional.empty() : Jobs.store(parts::cluster);
  }
}
