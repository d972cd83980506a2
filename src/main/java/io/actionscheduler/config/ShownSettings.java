package io.actionscheduler.config;

import io.actionscheduler.text.Secrets;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Settings as people may see them. */
final class ShownSettings {
  /** An argument of a command: the key of the list, and its place there. */
  private static final Pattern ARGUMENT = Pattern.compile("(callbacks\\..+\\.command\\.)([0-9]+)");

  private final SortedMap<String, Setting> settings;

  private ShownSettings(SortedMap<String, Setting> settings) {
    this.settings = settings;
  }

  /** Each of {@code settings}, in their order, secrets masked. */
  static List<Settings.Origin> of(SortedMap<String, Setting> settings) {
    ShownSettings shown = new ShownSettings(settings);
    return settings.values().stream()
        .map(setting -> new Settings.Origin(setting.key(), shown.value(setting), setting.origin()))
        .toList();
  }

  private String value(Setting setting) {
    Matcher argument = ARGUMENT.matcher(setting.key());
    if (!argument.matches() || argument.group(2).equals("0")) {
      return setting.shown();
    }
    String before =
        IntStream.range(0, Integer.parseInt(argument.group(2)))
            .mapToObj(number -> settings.get(argument.group(1) + number))
            .filter(Objects::nonNull)
            .map(Setting::value)
            .collect(Collectors.joining(" "));
    return Secrets.maskArgument(before, setting.shown());
  }
}
