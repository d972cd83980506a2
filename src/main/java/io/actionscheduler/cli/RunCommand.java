package io.actionscheduler.cli;

import io.actionscheduler.api.Api;
import io.actionscheduler.app.alert.AlertWatch;
import io.actionscheduler.app.lifecycle.App;
import io.actionscheduler.app.lifecycle.Companion;
import io.actionscheduler.app.lifecycle.Reloads;
import io.actionscheduler.app.logging.Logging;
import io.actionscheduler.config.Settings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs the scheduler. */
@Command(
    name = "run",
    header = "Run the scheduler until it is stopped; the same as no command.",
    description = {
      "The log goes to standard error; only the stdout callback writes to standard output.",
      "SIGTERM and SIGINT stop it in order; a second signal ends it at once."
    },
    footer = {
      "  action-scheduler run",
      "  action-scheduler run --config /etc/action-scheduler.yaml --env-file /etc/scheduler.env"
    })
final class RunCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  RunCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    Settings settings = globals.settings();
    Logging.apply(settings);
    Reloads reloads = new Reloads(settings, globals::read);
    Companion beside = Api.of(Version.number(), reloads).and(AlertWatch.companion(reloads));
    return new App(reloads, globals.configFile(), shell.clock(), beside).run(Version.number());
  }
}
