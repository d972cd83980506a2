package io.actionscheduler.quartz;

/** A field from which Quartz took no value at all, such as a lone comma. */
final class NamesNothing extends Exception {
  /**
   * @param field the name of the field
   */
  NamesNothing(String field) {
    super(field);
  }
}
