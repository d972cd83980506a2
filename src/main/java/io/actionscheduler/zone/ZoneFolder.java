package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.zone.ZoneRules;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compiled time zones in a folder, as systems have them: a TZif file for each, and the version in
 * {@code tzdata.zi} or {@code +VERSION}.
 */
final class ZoneFolder implements ZoneSource {
  /** Where systems keep them; the first one that there is counts. */
  private static final List<String> USUAL =
      List.of(
          "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo");

  private static final String SOURCE = "tzdata.zi";
  private static final List<String> VERSIONS = List.of(SOURCE, "+VERSION");
  private static final String HEAD = "# version ";
  private static final long LARGEST = 1 << 20;

  private final String name;
  private final Path folder;
  private final String version;
  private Map<String, String> links; // from a name to itself or to the one that it stands for

  private ZoneFolder(String name, Path folder, String version) {
    this.name = name;
    this.folder = folder;
    this.version = version;
  }

  /**
   * The zones in {@code folder}.
   *
   * @param name what the settings call it
   * @throws ZoneFault when it is not a folder of time zones
   */
  static ZoneFolder of(String name, Path folder) throws ZoneFault {
    requireNonNull(name, "name is null");
    if (!Files.isDirectory(folder)) {
      throw new ZoneFault(folder + ": no such folder");
    }
    String version = version(folder);
    if (version.equals(ZoneVersion.UNKNOWN) && !Files.isRegularFile(folder.resolve("UTC"))) {
      throw new ZoneFault(folder + ": holds no time zones: neither tzdata.zi nor +VERSION nor UTC");
    }
    return new ZoneFolder(name, folder, version);
  }

  /**
   * The system's zones, or empty where it has none.
   *
   * @param variable the value of TZDIR
   */
  static Optional<ZoneFolder> ofSystem(Optional<String> variable) throws ZoneFault {
    if (variable.isPresent() && !variable.get().isBlank()) {
      return Optional.of(of(ZoneChoice.SYSTEM, Path.of(variable.get())));
    }
    for (String usual : USUAL) {
      Path folder = Path.of(usual);
      if (Files.isDirectory(folder)) {
        return Optional.of(of(ZoneChoice.SYSTEM, folder));
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String place() {
    return folder.toString();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Set<String> ids() throws ZoneFault {
    return links().keySet();
  }

  @Override
  public ZoneRules rules(String id) throws ZoneFault {
    Path file = file(id);
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      String target = links().get(id);
      if (target != null && !target.equals(id)) {
        return rules(target); // names of old are a package of their own on some systems
      }
      throw new ZoneFault(file + ": is missing", e);
    }
  }

  private static ZoneRules read(Path file) throws ZoneFault, NoSuchFileException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new ZoneFault("is larger than any time zone");
      }
      return Tzif.read(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new ZoneFault(file + ": cannot be read: " + e.getMessage(), e);
    } catch (ZoneFault e) {
      throw new ZoneFault(file + ": " + e.getMessage(), e);
    }
  }

  private Path file(String id) throws ZoneFault {
    if (!isName(id)) {
      throw new ZoneFault(id + ": no name of a time zone");
    }
    return folder.resolve(id);
  }

  private synchronized Map<String, String> links() throws ZoneFault {
    if (links == null) {
      try {
        Path source = folder.resolve(SOURCE);
        links = Files.isRegularFile(source) ? listed(source) : found();
      } catch (IOException e) {
        throw new ZoneFault(folder + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return links;
  }

  /** The names in the text that everything was compiled from: zones, and links to them. */
  private static Map<String, String> listed(Path source) throws IOException {
    Map<String, String> names = new HashMap<>(2048);
    String text = Files.readString(source, StandardCharsets.ISO_8859_1);
    for (int at = 0, end; at < text.length(); at = end + 1) {
      end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      char kind = text.charAt(at);
      boolean zone = kind == 'Z';
      if ((zone || kind == 'L') && text.startsWith(" ", at + 1)) {
        String first = word(text, at + 2, end);
        String name = zone ? first : word(text, at + 3 + first.length(), end);
        if (isName(name)) {
          names.put(name, first);
        }
      }
    }
    return names;
  }

  private static String word(String text, int at, int end) {
    int space = text.indexOf(' ', at);
    return text.substring(Math.min(at, end), space < 0 || space > end ? end : space);
  }

  /** Whether java.time takes it as the name of a zone; none leads out of the folder. */
  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char one = name.charAt(i);
      boolean letter = one >= 'a' && one <= 'z' || one >= 'A' && one <= 'Z';
      if (!letter && (i == 0 || (one < '0' || one > '9') && "~/._+-".indexOf(one) < 0)) {
        return false;
      }
    }
    return name.length() > 1 && !name.contains("..");
  }

  private Map<String, String> found() throws IOException {
    Set<String> names = new HashSet<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        4,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
            String name = folder.relativize(at).toString();
            return name.equals("posix") || name.equals("right")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path at, BasicFileAttributes attributes)
              throws IOException {
            String name = folder.relativize(at).toString().replace('\\', '/');
            if (attributes.isRegularFile() && isName(name) && isTzif(at)) {
              names.add(name);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path at, IOException e) {
            return FileVisitResult.CONTINUE; // a link into nowhere, or round in a circle
          }
        });
    names.removeAll(Set.of("localtime", "posixrules"));
    Map<String, String> links = new HashMap<>();
    names.forEach(name -> links.put(name, name));
    return links;
  }

  private static boolean isTzif(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(4), StandardCharsets.US_ASCII).equals("TZif");
    }
  }

  private static String version(Path folder) {
    for (String name : VERSIONS) {
      try (BufferedReader in =
          Files.newBufferedReader(folder.resolve(name), StandardCharsets.ISO_8859_1)) {
        String line = in.readLine();
        String version =
            line == null
                ? ZoneVersion.UNKNOWN
                : ZoneVersion.of(line.startsWith(HEAD) ? line.substring(HEAD.length()) : line);
        if (!version.equals(ZoneVersion.UNKNOWN)) {
          return version;
        }
      } catch (IOException | InvalidPathException e) {
        // the next one may say it
      }
    }
    return ZoneVersion.UNKNOWN;
  }
}
