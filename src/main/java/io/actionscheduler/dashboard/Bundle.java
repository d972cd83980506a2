package io.actionscheduler.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Modules put together in one script, each in a scope of its own: to ask for a dozen of files takes
 * a browser longer than to run them. It knows the forms of import and export that our modules use,
 * one to a line, and refuses all others. Comments that have lines of their own, and what lines are
 * indented by, are for readers of the source and left out; nothing else in a module is changed.
 */
final class Bundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ ([^}]+) } from '\\./(\\w+)\\.js';$");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?=(?:async )?(?:function|const|class) (\\w+))");
  private static final Pattern EXPORTED = Pattern.compile("(?m)export ?\\{([^}]+)};?$");
  private static final Pattern DYNAMIC = Pattern.compile("import\\('\\./(\\w+)\\.js'\\)");
  private static final Pattern COMMENT = Pattern.compile("(?m)^[ \\t]*(?://.*|/\\*\\*.*\\*/)\\n");
  private static final Pattern INDENT = Pattern.compile("(?m)^[ \\t]+");
  private static final Pattern OTHER = Pattern.compile("(?m)^(?:import|export)\\b.*");

  /** What a module exports: outer name to inner name. */
  private final Map<String, Map<String, String>> exports = new LinkedHashMap<>();

  private final StringBuilder text = new StringBuilder();
  private final String file;

  /**
   * @param file the name of the script, for its own later parts
   */
  Bundle(String file) {
    this.file = file;
  }

  /** A module that stays a file of its own, and runs before this script. */
  Bundle beside(String module, String source) {
    text.append("import * as $%s from './%s.js';\n".formatted(module, module));
    exports.put(module, exports(source));
    return this;
  }

  /** Continues {@code earlier}: a script that imports from it and is loaded when it is wanted. */
  Bundle behind(Bundle earlier) {
    text.append(
        "import { %s } from './%s';\n".formatted(scopes(earlier.exports.keySet()), earlier.file));
    exports.putAll(earlier.exports);
    return this;
  }

  /**
   * Adds modules, each behind those that it imports from.
   *
   * @param sources by the name of a module
   * @param later the script that has what these modules import when they want it
   * @throws IllegalArgumentException when a module has a form of import or export that is not
   *     known, or imports what no module before it exports
   */
  Bundle with(List<String> modules, UnaryOperator<String> sources, String later) {
    for (String module : modules) {
      String source = bare(sources.apply(module));
      Map<String, String> exported = exports(source);
      String body = IMPORT.matcher(source).replaceAll(found -> imported(module, found));
      body = EXPORT.matcher(body).replaceAll("");
      body = EXPORTED.matcher(body).replaceAll("");
      body = DYNAMIC.matcher(body).replaceAll("import('./" + later + "').then((all) => all.\\$$1)");
      Matcher other = OTHER.matcher(body);
      if (other.find()) {
        throw new IllegalArgumentException(module + ".js: not understood: " + other.group());
      }
      String given =
          exported.entrySet().stream()
              .map(one -> one.getKey() + ": " + one.getValue())
              .collect(Collectors.joining(", "));
      text.append(
          "const $%s = (() => {\n%s\nreturn { %s };\n})();\n".formatted(module, body, given));
      exports.put(module, exported);
    }
    return this;
  }

  /** A script without comments and indents. */
  static String bare(String source) {
    return INDENT.matcher(COMMENT.matcher(source).replaceAll("")).replaceAll("");
  }

  private static Map<String, String> exports(String source) {
    Map<String, String> found = new LinkedHashMap<>();
    EXPORT.matcher(source).results().forEach(one -> found.put(one.group(1), one.group(1)));
    EXPORTED
        .matcher(source)
        .results()
        .flatMap(list -> Stream.of(list.group(1).split(",")))
        .map(one -> one.strip().split(" as "))
        .forEach(pair -> found.put(pair[pair.length - 1], pair[0]));
    return found;
  }

  /** An import as a declaration: {@code a as b} of a module becomes {@code a: b} of an object. */
  private String imported(String module, MatchResult line) {
    String from = line.group(2);
    Map<String, String> there = exports.get(from);
    if (there == null) {
      throw new IllegalArgumentException(
          module + ".js imports from " + from + ".js, which is not before it");
    }
    List<String[]> pairs =
        Stream.of(line.group(1).split(",")).map(one -> one.strip().split(" as ")).toList();
    for (String[] pair : pairs) {
      if (!there.containsKey(pair[0])) {
        throw new IllegalArgumentException(
            module + ".js imports " + pair[0] + ", which " + from + ".js does not export");
      }
    }
    String declared =
        pairs.stream().map(pair -> String.join(": ", pair)).collect(Collectors.joining(", "));
    return Matcher.quoteReplacement("const { " + declared + " } = $" + from + ";");
  }

  private static String scopes(Set<String> modules) {
    return modules.stream().map(module -> "$" + module).collect(Collectors.joining(", "));
  }

  /** The whole script. */
  String text() {
    return text + "export { " + scopes(exports.keySet()) + " };\n";
  }
}
