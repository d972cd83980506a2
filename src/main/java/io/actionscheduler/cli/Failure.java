package io.actionscheduler.cli;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.source.InvalidRow;
import java.io.PrintWriter;
import java.io.StringWriter;

/** The failure of a command: its message and its exit code. */
final class Failure {
  private Failure() {}

  /** Prints the failure in a line, or a defect with its stack trace; gives the exit code. */
  static int tell(Exception failure, Output err) {
    if (failure instanceof Output.Closed) {
      return Cli.FAILED; // the reader closed the stream: nobody would read the message
    }
    if (failure instanceof InvalidConfig
        || failure instanceof InvalidSetting
        || failure instanceof WrongUsage
        || failure instanceof InvalidInput
        || failure instanceof InvalidRow
        || failure instanceof SourceException source && source.isMisconfigured()
        || failure instanceof StoreException store && store.isMisconfigured()) {
      err.line(failure.getMessage());
      return Cli.WRONG_USAGE;
    }
    if (failure instanceof SourceException
        || failure instanceof StoreException
        || failure instanceof OwnedElsewhere
        || failure instanceof NoSuchAction) {
      err.line(failure.getMessage());
      return Cli.FAILED;
    }
    StringWriter stack = new StringWriter();
    failure.printStackTrace(new PrintWriter(stack));
    err.text("this is a defect of the program; please report it with these lines:\n" + stack);
    return Cli.FAILED;
  }
}
