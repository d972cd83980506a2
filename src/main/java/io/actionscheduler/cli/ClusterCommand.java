package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ClusterForm;
import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.store.ownership.ClusterState.Member;
import io.actionscheduler.store.ownership.ClusterState.OwnedShard;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The cluster that this configuration belongs to. */
@Command(
    name = "cluster",
    header = "Show the processes that share the actions, and their shards.",
    footer = "  action-scheduler cluster status")
final class ClusterCommand extends CommandGroup {
  private ClusterCommand() {}

  /** It with its own commands. */
  static CommandLine line(Shell shell, Globals globals) {
    return new CommandLine(new ClusterCommand()).addSubcommand(new Status(shell, globals));
  }

  /** The processes and their shards, as the store has them. */
  @Command(
      name = "status",
      header = "Show the processes of the cluster, and how many shards each of them has.",
      description = {
        "Reads the internal store. A process whose lease has ended is shown as long as it has shards",
        "that no other process took over."
      },
      footer = {
        "  action-scheduler cluster status",
        "  action-scheduler cluster status --shards",
        "  action-scheduler cluster status --json",
        "",
        "Exit codes: 0 every shard has a process that runs, 1 some have none, 2 wrong settings."
      })
  static final class Status implements Callable<Integer> {
    private final Shell shell;
    private final Globals globals;

    @Option(names = "--shards", description = "Each shard, with its process and its token.")
    private boolean shards;

    @Option(names = "--json", description = "A JSON object, with each shard.")
    private boolean json;

    Status(Shell shell, Globals globals) {
      this.shell = shell;
      this.globals = globals;
    }

    @Override
    public Integer call() throws Exception {
      try (Parts parts = globals.parts()) {
        if (parts.settings().cluster().isEmpty()) {
          throw new WrongUsage("cluster.name is not set: the settings name no cluster");
        }
        Optional<ClusterState> state = parts.cluster();
        if (state.isEmpty()) {
          shell.err().line("no process of a cluster has used this store yet");
          return Cli.FAILED;
        }
        print(state.get(), parts.settings().timezone());
        return state.get().withoutOwner().isEmpty() ? Cli.FINE : Cli.FAILED;
      }
    }

    private void print(ClusterState state, ZoneId zone) {
      if (json) {
        shell.out().line(Json.write(ClusterForm.of(state, zone)));
        return;
      }
      if (shards) {
        printShards(state, zone);
      } else {
        printMembers(state, zone);
      }
      shell.out().line(summary(state, zone));
    }

    private void printMembers(ClusterState state, ZoneId zone) {
      Table table =
          new Table(
              shell.out(),
              shell.width().get(),
              ">MEMBER",
              "HOST",
              ">PID",
              "STATE",
              ">SHARDS",
              "SINCE",
              "LEASE UNTIL");
      for (Member member : state.members()) {
        table.row(
            String.valueOf(member.number()),
            member.process().host(),
            String.valueOf(member.process().pid()),
            member.isAlive() ? "alive" : "ended",
            String.valueOf(state.of(member).size()),
            IsoTime.text(member.process().since(), zone),
            IsoTime.text(member.process().leaseUntil(), zone));
      }
      table.end();
    }

    private void printShards(ClusterState state, ZoneId zone) {
      Table table =
          new Table(shell.out(), shell.width().get(), ">SHARD", ">MEMBER", ">TOKEN", "SINCE");
      for (OwnedShard shard : state.shards()) {
        table.row(
            String.valueOf(shard.shard()),
            shard.member().map(String::valueOf).orElse("none"),
            String.valueOf(shard.token()),
            shard.since().map(at -> IsoTime.text(at, zone)).orElse(""));
      }
      table.end();
    }

    private static String summary(ClusterState state, ZoneId zone) {
      List<OwnedShard> without = state.withoutOwner();
      long alive = state.alive();
      String processes = alive + (alive == 1 ? " process runs" : " processes run");
      String owned =
          without.isEmpty()
              ? "every shard has a process"
              : without.size() == state.shards().size()
                  ? "no shard has a process, and no action fires"
                  : without.size()
                      + " of "
                      + state.shards().size()
                      + " shards have no process, and their actions do not fire: "
                      + without.stream()
                          .map(shard -> String.valueOf(shard.shard()))
                          .collect(Collectors.joining(", "));
      String taken =
          state
              .lastTaken()
              .map(at -> "; latest takeover of a shard: " + IsoTime.text(at, zone))
              .orElse("");
      return "cluster " + state.name() + ": " + processes + ", " + owned + taken;
    }
  }
}
