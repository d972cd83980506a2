package io.actionscheduler;

import io.actionscheduler.cli.Cli;
import io.actionscheduler.cli.Shell;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Cli(Shell.ofProcess()).execute(arguments));
  }
}
