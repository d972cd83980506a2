package io.actionscheduler.schedule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON forms of a schedule, by the name of their format. */
enum Form {
  UNIX("value"),
  APSCHEDULER,
  QUARTZ("value"),
  INTERVAL("every"),
  DATE("run_date");

  /** What every form may have beside its own. */
  private static final List<String> COMMON =
      List.of("start_date", "end_date", "timezone", "jitter");

  private final List<String> own;

  Form(String... own) {
    this.own = List.of(own);
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

  /** The form of {@code plain}, the whole text of a schedule that is no JSON. */
  Map<String, Object> ofPlain(String plain) {
    return Map.of("format", format(), "params", Map.of(own.get(0), plain));
  }

  String format() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names that its {@code params} may have. */
  List<String> params() {
    List<String> names = new ArrayList<>(own);
    if (this == APSCHEDULER) {
      for (ExtendedField field : ExtendedField.values()) {
        names.add(field.field.name());
      }
    }
    names.addAll(COMMON);
    return names;
  }
}
