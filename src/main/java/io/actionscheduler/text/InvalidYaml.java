package io.actionscheduler.text;

/** Text that is not YAML, or not the YAML that is asked for; the message says what is wrong. */
public final class InvalidYaml extends Exception {
  private final int line;
  private final int column;

  /**
   * @param line counted from 1; 0 where there is none
   * @param column counted from 1; 0 where there is none
   */
  public InvalidYaml(String message, int line, int column) {
    super(message);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
