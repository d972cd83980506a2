package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The JSON forms of a schedule, by the name of their format. */
enum Form {
  UNIX("value", "timezone"),
  APSCHEDULER("start_date", "end_date", "timezone", "jitter"),
  QUARTZ("value", "timezone"),
  INTERVAL("every", "start_date", "timezone"),
  DATE("run_date", "timezone");

  private final List<String> params;

  Form(String... params) {
    this.params = List.of(params);
  }

  static Form of(String format) throws InvalidSchedule {
    for (Form form : values()) {
      if (form.format().equals(format)) {
        return form;
      }
    }
    throw new InvalidSchedule("format \"" + format + "\": unknown; allowed are " + formats());
  }

  static String formats() {
    return Arrays.stream(values()).map(Form::format).collect(Collectors.joining(", "));
  }

  String format() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names that its {@code params} may have. */
  List<String> params() {
    if (this != APSCHEDULER) {
      return params;
    }
    List<String> names = new ArrayList<>();
    for (ExtendedField field : ExtendedField.values()) {
      names.add(field.field.name());
    }
    names.addAll(params);
    return names;
  }
}
