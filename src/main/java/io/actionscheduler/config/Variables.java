package io.actionscheduler.config;

import io.actionscheduler.config.Catalogue.Place;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Secrets;
import io.actionscheduler.text.YamlNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings from variables: {@code ACTIONS_DB__DATABASE} is {@code actions_db.database}. Smallrye's
 * own source for the environment reads that name as {@code actions.db..database}, so names are
 * translated here. Names that cannot be settings are ignored: they belong to other programs.
 */
final class Variables {
  /**
   * One variable.
   *
   * @param literal whether {@code ${NAME}} in it is plain text
   */
  record Variable(String name, String value, Source source, boolean literal) {}

  private final Catalogue catalogue;

  /** The end of the name of a variable whose value is the path of a file with the real value. */
  static final String FILE = "_FILE";

  private final Map<String, String> spelling;
  private final SecretFiles files;
  private final Problems problems;

  /**
   * @param spelling the form of names in {@code config.yaml}
   */
  Variables(
      Catalogue catalogue, Map<String, String> spelling, SecretFiles files, Problems problems) {
    this.catalogue = catalogue;
    this.spelling = spelling;
    this.files = files;
    this.problems = problems;
  }

  /** A name without letter case and hyphens, which variables cannot distinguish. */
  static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** The variable that sets {@code key}. */
  static String nameOf(String key) {
    return key.toUpperCase(Locale.ROOT).replace("-", "_").replace(".", "__");
  }

  Layer read(Source.Rank rank, Collection<Variable> variables) {
    Layer layer = new Layer(rank);
    Map<String, Variable> byPath = new TreeMap<>();
    // A section as JSON is read before single values in it, which take precedence.
    List<Variable> ordered =
        variables.stream()
            .sorted(
                Comparator.<Variable>comparingInt(variable -> variable.name().split("__").length)
                    .thenComparing(Variable::name))
            .toList();
    for (Variable written : ordered) {
      if (!isOurs(written.name())) {
        continue;
      }
      Variable variable = isFile(written.name()) ? ofFile(written) : written;
      String path = pathOf(variable.name());
      Variable before = byPath.put(path, variable);
      if (before != null && !before.value().equals(variable.value())) {
        problems.add(variable.source(), path, "set twice, also by " + before.name() + "; keep one");
      }
      read(path, variable, layer);
    }
    return layer;
  }

  /**
   * {@code ACTIONS_DB__PASSWORD_FILE}, where there is a setting without that end and none with it.
   */
  private boolean isFile(String name) {
    if (!name.toUpperCase(Locale.ROOT).endsWith(FILE) || !name.contains("__")) {
      return false;
    }
    Place whole = catalogue.at(pathOf(name));
    Place stem = catalogue.at(pathOf(name.substring(0, name.length() - FILE.length())));
    String path = pathOf(name.substring(0, name.length() - FILE.length()));
    boolean holds = Secrets.isSecret(path) || path.endsWith(".url");
    return whole == Place.UNKNOWN && stem == Place.VALUE
        || whole == Place.OPEN && holds && !path.contains(".environment.");
  }

  private Variable ofFile(Variable written) {
    String name = written.name().substring(0, written.name().length() - FILE.length());
    try {
      return new Variable(name, files.read(written.value()), written.source(), true);
    } catch (Refused e) {
      problems.add(written.source(), pathOf(name), e.getMessage());
      return new Variable(name, "", written.source(), true);
    }
  }

  private String pathOf(String name) {
    return respelled(name.toLowerCase(Locale.ROOT).replace("__", "."));
  }

  private boolean isOurs(String name) {
    String[] levels = name.toLowerCase(Locale.ROOT).split("__", 2);
    Place place = levels[0].contains(".") ? Place.UNKNOWN : catalogue.at(levels[0]);
    return !levels[0].isEmpty()
        && (levels.length == 1 ? place != Place.UNKNOWN : place == Place.SECTION);
  }

  private void read(String path, Variable variable, Layer layer) {
    if (path.startsWith(".") || path.endsWith(".") || path.contains("..")) {
      problems.add(variable.source(), path, "a level without a name; levels are separated by __");
      return;
    }
    switch (catalogue.at(path)) {
      case VALUE, OPEN -> value(path, variable, layer);
      case SECTION -> section(path, variable, layer);
      case UNKNOWN ->
          problems.add(
              variable.source(),
              path,
              UnknownName.message(
                  catalogue, path, Optional.of(variable.value()), Variables::nameOf));
    }
  }

  private void value(String path, Variable variable, Layer layer) {
    // Many programs read DEBUG, as a list of their parts for instance.
    boolean isExpression = variable.value().contains("${") && !variable.literal();
    if (path.equals(Keys.DEBUG.name()) && !isExpression && Types.flag(variable.value()).isEmpty()) {
      problems.warn(
          variable.source(),
          path,
          "neither true nor false, so this variable is ignored: it may belong to another program");
      return;
    }
    layer.put(new Setting(path, variable.value(), variable.source(), variable.literal()));
  }

  private void section(String path, Variable variable, Layer layer) {
    if (isOfAnotherProgram(path, variable.value())) {
      problems.warn(
          variable.source(),
          path,
          "not a JSON object, so this variable is ignored: it may belong to another program;"
              + " settings of the section are set by variables such as "
              + nameOf(path)
              + "__NAME");
      return;
    }
    Object value;
    try {
      value = Json.parse(variable.value());
    } catch (InvalidJson e) {
      problems.add(
          variable.source(),
          path,
          Secrets.quoteUnread(variable.value())
              + " is not JSON; allowed: the section as a JSON object, or its settings one by one"
              + " as "
              + nameOf(path)
              + "__NAME");
      return;
    }
    if (value == null || value instanceof Map) {
      new SectionReader(catalogue, layer, line -> variable.source(), problems)
          .read(path, YamlNode.of(value, 0));
    } else {
      problems.add(
          variable.source(),
          path,
          Secrets.quoteUnread(variable.value())
              + " is not a JSON object; allowed: {\"name\": value}");
    }
  }

  /**
   * Names of sections are words that other programs use, too: {@code TEST=1}, {@code LOG=debug}.
   */
  private static boolean isOfAnotherProgram(String path, String value) {
    String text = value.strip();
    return path.indexOf('.') < 0 && !text.startsWith("{") && !text.equals("null");
  }

  private String respelled(String path) {
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      String written = spelling.get(plain(path.substring(0, end)));
      if (written != null) {
        return written + path.substring(end);
      }
    }
    return path;
  }
}
