package io.actionscheduler.config;

/** What the text of a setting may be, and what it stands for. */
@FunctionalInterface
interface Type<T> {
  /** The value that {@code text} stands for. */
  T read(String text) throws Refused;
}
