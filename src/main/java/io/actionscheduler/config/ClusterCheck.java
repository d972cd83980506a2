package io.actionscheduler.config;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.source.rest.RestSettings;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks that the other settings allow several processes to share the actions: what does not work
 * in a cluster is refused, so that nothing is silently different from what the settings say.
 */
final class ClusterCheck {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,100}");
  private static final String SECTION = "cluster";

  private final Values values;
  private final Problems problems;
  private final Source source;

  /**
   * @param source of the configuration, in messages about missing settings
   */
  ClusterCheck(Values values, Problems problems, Source source) {
    this.values = values;
    this.problems = problems;
    this.source = source;
  }

  /** The cluster of the settings; empty where they name none. */
  static Optional<Settings.Cluster> cluster(Values values) {
    return values
        .find(Keys.CLUSTER_NAME)
        .map(
            name ->
                new Settings.Cluster(
                    name,
                    values.get(Keys.CLUSTER_PROTOCOL).equals("consumer"),
                    values.under(Callbacks.KAFKA)));
  }

  void check(
      Optional<DatabaseSettings> actionsDb,
      Optional<DatabaseSettings> internalDb,
      Collection<RestSettings> rest) {
    Optional<Setting> name = values.setting(Keys.CLUSTER_NAME.name());
    if (name.isPresent()) {
      checkName(name.get());
      checkServers(name.get(), actionsDb, internalDb);
      checkOthers(name.get(), rest);
    } else if (!values.below(SECTION).isEmpty()) {
      problems.addMissing(
          values.place(Keys.CLUSTER_NAME.name(), source),
          Keys.CLUSTER_NAME.name(),
          "add it: one name for all processes of the cluster");
    }
  }

  private void checkName(Setting set) {
    if (values.find(Keys.CLUSTER_NAME).filter(one -> !NAME.matcher(one).matches()).isPresent()) {
      problems.add(
          set,
          set.quoted() + ": allowed: 1 to 100 of the letters a-z, A-Z, digits, \"_\" and \"-\"");
    }
  }

  private void checkServers(
      Setting set, Optional<DatabaseSettings> actionsDb, Optional<DatabaseSettings> internalDb) {
    if (!isPostgres(actionsDb) || !isPostgres(internalDb)) {
      problems.add(
          set,
          "a cluster needs actions_db and internal_db on PostgreSQL, which all its processes reach;"
              + " set both, or remove the section cluster");
    }
    if (values.setting(Keys.KAFKA_SERVER.name()).isEmpty()) {
      problems.addMissing(
          values.place(Keys.KAFKA_SERVER.name(), source),
          Keys.KAFKA_SERVER.name(),
          "add it: the processes of a cluster find each other through Kafka");
    }
  }

  private void checkOthers(Setting set, Collection<RestSettings> rest) {
    refuse(Keys.STANDBY, "a cluster needs no standby: the others take over; remove this line");
    refuse(
        Keys.WRITE_SAMPLE_ACTIONS,
        "the processes of a cluster would write the sample actions several times; remove this line,"
            + " and add the actions once: action-scheduler actions import sample_actions.yaml");
    values
        .setting(Keys.HOLD_BACKLOG.name())
        .filter(one -> values.find(Keys.HOLD_BACKLOG).flatMap(any -> any).isPresent())
        .ifPresent(one -> problems.add(one, "does not work in a cluster yet; remove this line"));
    if (!rest.isEmpty()) {
      problems.add(
          set,
          "a cluster cannot read REST services yet; remove the sources of type rest, or the"
              + " section cluster");
    }
  }

  private void refuse(Key<Boolean> key, String why) {
    values
        .setting(key.name())
        .filter(one -> values.find(key).orElse(false))
        .ifPresent(one -> problems.add(one, why));
  }

  private static boolean isPostgres(Optional<DatabaseSettings> at) {
    return at.filter(one -> one.dialect() == DatabaseSettings.Dialect.POSTGRESQL).isPresent();
  }
}
