package io.actionscheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds public methods and constructors of public types that declare an exception and do not say
 * when they throw it.
 */
final class DocumentedExceptions {
  private static final Pattern PUBLIC_TYPE =
      Pattern.compile("(?m)^public [a-z -]*\\b(class|record|enum|interface) ");
  private static final Pattern DOC = Pattern.compile("(?s)/\\*\\*.*?\\*/");

  /** What stands between two of ; { } once each docstring is replaced by its number. */
  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?s)\\s*(?:«(?<doc>\\d+)»)?\\s*(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s+)*)"
              + "(?<before>[\\w<>\\[\\],.?&\\s]*?)(?<name>\\w+)\\s*\\(.*\\)\\s*"
              + "throws\\s+(?<thrown>[\\w.,\\s]+)");

  private int declarations;
  private final List<String> undocumented = new ArrayList<>();

  /** Reads all sources below {@code folder}. */
  void readAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        read(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  /** How many declarations with exceptions were found. */
  int declarations() {
    return declarations;
  }

  /** Each exception without its tag: file, method and exception. */
  List<String> undocumented() {
    return List.copyOf(undocumented);
  }

  /** Reads one source. */
  void read(String file, String text) {
    Matcher type = PUBLIC_TYPE.matcher(text);
    if (!type.find()) {
      return;
    }
    List<String> docs = new ArrayList<>();
    String code =
        DOC.matcher(text)
            .replaceAll(
                doc -> {
                  docs.add(doc.group());
                  return "«" + (docs.size() - 1) + "»";
                });
    boolean isInterface = type.group(1).equals("interface");
    for (String piece : code.split("[;{}]")) {
      Matcher method = DECLARATION.matcher(piece);
      if (method.matches()
          && (isInterface || method.group("before").contains("public "))
          && !method.group("annotations").contains("@Override")) {
        String doc = method.group("doc") == null ? "" : docs.get(number(method));
        check(file, method, doc);
      }
    }
  }

  private static int number(Matcher method) {
    return Integer.parseInt(method.group("doc"));
  }

  private void check(String file, Matcher method, String doc) {
    declarations++;
    for (String thrown : method.group("thrown").split(",")) {
      String tag = "(?s).*@throws\\s+" + Pattern.quote(thrown.strip()) + "\\b.*";
      if (!doc.matches(tag)) {
        undocumented.add(file + ": " + method.group("name") + ": " + thrown.strip());
      }
    }
  }
}
