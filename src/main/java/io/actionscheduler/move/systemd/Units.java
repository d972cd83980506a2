package io.actionscheduler.move.systemd;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Unit files with their drop-ins, by the name of the unit. */
public final class Units {
  /** The line above each file in the output of {@code systemctl cat}. */
  private static final Pattern HEAD = Pattern.compile("# (/\\S+\\.(?:timer|service|conf))");

  private static final int MOST_BYTES = 1024 * 1024;
  private static final Pattern UNIT = Pattern.compile("[^/]+\\.(?:timer|service)");

  private final Map<String, UnitFile> units = new TreeMap<>();

  private Units() {}

  /**
   * The units in a folder such as {@code /etc/systemd/system}, with the drop-ins in it.
   *
   * @throws IOException when the folder or a unit in it cannot be read
   */
  public static Units ofFolder(Path folder) throws IOException {
    Units units = new Units();
    for (Path file : sorted(folder)) {
      if (UNIT.matcher(file.getFileName().toString()).matches() && Files.isRegularFile(file)) {
        units.add(file);
      }
    }
    return units;
  }

  /**
   * A timer, and the service beside it.
   *
   * @throws IOException when the timer, its drop-ins or its service cannot be read
   */
  public static Units ofTimer(Path timer) throws IOException {
    Units units = new Units();
    units.add(timer);
    String name = timer.getFileName().toString();
    String service =
        units.units.get(name).last("Timer", "Unit").orElse(name.replaceFirst("timer$", "service"));
    Path folder = timer.toAbsolutePath().getParent();
    for (String candidate : List.of(service, template(service))) {
      Path file = folder.resolve(candidate);
      if (UNIT.matcher(candidate).matches() && Files.isRegularFile(file)) {
        units.add(file);
        break;
      }
    }
    return units;
  }

  /** The units in the output of {@code systemctl cat}, or one timer alone. */
  public static Units ofText(String text, String otherwise) {
    Units units = new Units();
    String place = otherwise;
    String unit = otherwise;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        place = head.group(1);
        Path path = Path.of(place);
        String name = path.getFileName().toString();
        unit =
            name.endsWith(".conf")
                ? path.getParent().getFileName().toString().replaceFirst("\\.d$", "")
                : name;
        number = 0;
      } else {
        units.units.computeIfAbsent(unit, UnitFile::new).line(place, number, line);
      }
    }
    units.units.values().forEach(UnitFile::end);
    return units;
  }

  private void add(Path file) throws IOException {
    String name = file.getFileName().toString();
    UnitFile unit = units.computeIfAbsent(name, UnitFile::new);
    read(file, name, unit);
    for (String of : Stream.of(name, template(name)).distinct().toList()) {
      Path dropIns = file.resolveSibling(of + ".d");
      if (Files.isDirectory(dropIns)) {
        for (Path dropIn : sorted(dropIns)) {
          if (dropIn.toString().endsWith(".conf")) {
            read(dropIn, of + ".d/" + dropIn.getFileName(), unit);
          }
        }
      }
    }
  }

  private static void read(Path file, String place, UnitFile unit) throws IOException {
    int number = 0;
    for (String line : text(file).lines().toList()) {
      unit.line(place, ++number, line);
    }
    unit.end();
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new FileSystemException(
          file.toString(), null, "has more than 1 MiB, the most that systemd reads of a unit");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new FileSystemException(
          file.toString(), null, "is not text in UTF-8; convert it with iconv -t UTF-8");
    }
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  /** {@code backup@.service} of {@code backup@home.service}; a unit without {@code @} itself. */
  static String template(String name) {
    return name.replaceFirst("@.*(\\.\\w+)$", "@$1");
  }

  /** The timers by name, without templates. */
  Map<String, UnitFile> timers() {
    Map<String, UnitFile> timers = new LinkedHashMap<>();
    units.forEach(
        (name, unit) -> {
          if (name.endsWith(".timer") && !name.contains("@.")) {
            timers.put(name, unit);
          }
        });
    return timers;
  }

  /** A service, or the template that it is made of. */
  Optional<UnitFile> service(String name) {
    return Optional.ofNullable(units.get(name))
        .or(() -> Optional.ofNullable(units.get(template(name))));
  }
}
