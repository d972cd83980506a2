package io.actionscheduler.config;

/** The type of a setting: checks and converts its text. */
@FunctionalInterface
interface Type<T> {
  /** The value that {@code text} stands for. */
  T read(String text) throws Refused;
}
