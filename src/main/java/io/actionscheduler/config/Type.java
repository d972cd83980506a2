package io.actionscheduler.config;

/** The type of a setting: checks and converts its text. */
@FunctionalInterface
interface Type<T> {
  /**
   * The value that {@code text} stands for.
   *
   * @throws Refused when it cannot be used; the message says what is allowed
   */
  T read(String text) throws Refused;
}
