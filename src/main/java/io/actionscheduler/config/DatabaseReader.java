package io.actionscheduler.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.text.Secrets;
import io.actionscheduler.text.ServerName;
import java.net.URLEncoder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the settings of a database: from its parts, or from its url, which parts override. */
final class DatabaseReader {
  private static final Pattern PORTED = Pattern.compile("([^,]*):([0-9]+)");

  private final Values values;
  private final Problems problems;
  private final Source config;
  private final Path folder;

  /**
   * @param config named in messages about what is missing
   * @param folder of the settings, where the intended file may be
   */
  DatabaseReader(Values values, Problems problems, Source config, Path folder) {
    this.folder = folder;
    this.values = values;
    this.problems = problems;
    this.config = config;
  }

  /**
   * The database of {@code section}; empty when it is not set, in memory, or wrong (and reported).
   */
  Optional<DatabaseSettings> read(String section, boolean required) {
    if (values.below(section).isEmpty()) {
      if (required) {
        missing(section, "add the section, with dialect and database or with url");
      }
      return Optional.empty();
    }
    return url(section).flatMap(url -> finished(section, url, required));
  }

  private Optional<DatabaseUrl> url(String section) {
    Optional<Setting> written = values.setting(section + ".url");
    DatabaseUrl base = null;
    if (written.isPresent()) {
      try {
        base = DatabaseUrl.parse(written.get().value());
      } catch (Refused e) {
        problems.add(written.get(), written.get().quoted() + " " + e.of(written.get().value()));
        return Optional.empty();
      }
    }
    Optional<String> dialect =
        base != null && values.find(Keys.DIALECT.in(section)).equals(Optional.of(base.name()))
            ? Optional.empty() // has the same value
            : over(section, Keys.DIALECT, written);
    if (base == null && dialect.isEmpty()) {
      if (values.setting(section + ".dialect").isEmpty()) {
        missing(section + ".dialect", "add it: postgresql or sqlite");
      }
      return Optional.empty();
    }
    Dialect kind =
        dialect
            .map(name -> name.equals("sqlite") ? Dialect.SQLITE : Dialect.POSTGRESQL)
            .orElse(base == null ? Dialect.SQLITE : base.dialect());
    if (base == null || base.dialect() != kind) {
      base = new DatabaseUrl(kind, Optional.empty(), Optional.empty(), "", "", Map.of());
    }
    Optional<String> username = over(section, Keys.USERNAME, written);
    Optional<String> password = over(section, Keys.PASSWORD, written);
    return Optional.of(
        new DatabaseUrl(
            kind,
            username.or(base::username).or(() -> values.find(Keys.USERNAME.in(section))),
            password.or(base::password).or(() -> values.find(Keys.PASSWORD.in(section))),
            host(section, written, base.host()),
            over(section, Keys.DATABASE, written).orElse(base.database()),
            base.parameters()));
  }

  /** Whether a part counts: there is no url, or the part is from a source at least as strong. */
  private <T> Optional<T> over(String section, Key<T> part, Optional<Setting> url) {
    Optional<Setting> setting = values.setting(section + "." + part.name());
    if (setting.isPresent() && url.isPresent()) {
      int stronger = setting.get().source().rank().compareTo(url.get().source().rank());
      boolean credential = part == Keys.USERNAME || part == Keys.PASSWORD;
      if (stronger == 0 && !credential) {
        problems.add(
            setting.get(), "set beside " + section + ".url, which has it, too; keep one of them");
      }
      if (stronger < 0) {
        return Optional.empty();
      }
    }
    return values.find(part.in(section));
  }

  private String host(String section, Optional<Setting> url, String written) {
    Optional<String> host = over(section, Keys.HOST, url).map(String::strip);
    if (host.isPresent()
        && !host.get().startsWith("/") // a socket, reported with what is allowed
        && !host.get().isEmpty()
        && !Stream.of(host.get().split(",", -1))
            .allMatch(one -> ServerName.isHost(one) || DatabaseUrl.isHost(one))) {
      Setting setting = values.setting(section + ".host").orElseThrow();
      problems.add(
          setting,
          setting.quoted() + " cannot be a host; allowed: a name or an address, without scheme");
      return "";
    }
    Optional<Integer> port = over(section, Keys.PORT, url);
    if (host.isEmpty() && port.isEmpty()) {
      return written;
    }
    Matcher ported = PORTED.matcher(written);
    boolean one = ported.matches();
    String name = host.orElse(one ? ported.group(1) : written);
    boolean six = name.contains(":") && !name.startsWith("[");
    String number = port.map(String::valueOf).orElse(one ? ported.group(2) : "");
    return (name.isEmpty() ? "localhost" : six ? "[" + name + "]" : name)
        + (number.isEmpty() ? "" : ":" + number);
  }

  private Optional<DatabaseSettings> finished(String section, DatabaseUrl url, boolean required) {
    return switch (url.dialect()) {
      case POSTGRESQL -> server(section, url);
      case SQLITE -> file(section, url, required);
    };
  }

  private Optional<DatabaseSettings> server(String section, DatabaseUrl url) {
    if (url.database().isBlank()) {
      missing(section + ".database", "add the name of the database");
      return Optional.empty();
    }
    if (url.host().startsWith("/")) {
      problems.add(
          origin(section, "host"),
          section + ".host",
          Secrets.quote("", url.host()) + " is a socket; allowed: a host name or an address");
      return Optional.empty();
    }
    Optional<Map<String, String>> parameters = parameters(section, url);
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    String jdbc =
        "jdbc:postgresql://"
            + (url.host().isEmpty() ? "localhost" : url.host())
            + "/"
            + encode(url.database())
            + query(parameters.get());
    return Optional.of(
        new DatabaseSettings(
            section, Dialect.POSTGRESQL, jdbc, url.username(), url.password(), Optional.empty()));
  }

  /** The parameters in the spelling of the driver; empty when one is refused (and reported). */
  private Optional<Map<String, String>> parameters(String section, DatabaseUrl url) {
    try {
      return Optional.of(
          switch (url.dialect()) {
            case POSTGRESQL -> Parameters.ofPostgres(url.parameters());
            case SQLITE -> Parameters.ofSqlite(url.parameters());
          });
    } catch (Refused e) {
      Setting written = values.setting(section + ".url").orElseThrow();
      problems.add(written, written.quoted() + " " + e.of(written.value()));
      return Optional.empty();
    }
  }

  private Optional<DatabaseSettings> file(String section, DatabaseUrl url, boolean required) {
    unused(section);
    String name = url.database();
    if (name.isBlank() && values.setting(section + ".url").isEmpty()) {
      missing(section + ".database", "add the path of the SQLite file");
      return Optional.empty();
    }
    if (name.isBlank() || name.equals(":memory:")) {
      if (required) {
        problems.add(
            origin(section, "database"),
            section + ".database",
            "a database in memory can't be shared with the program that writes the actions;"
                + " allowed: a file");
      }
      return Optional.empty();
    }
    Optional<Map<String, String>> parameters = parameters(section, url);
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Path.of(name).toAbsolutePath().normalize();
      MeantFile.fault(name, file, folder.resolve(name).toAbsolutePath().normalize())
          .ifPresent(
              fault -> problems.add(origin(section, "database"), section + ".database", fault));
      return Optional.of(
          new DatabaseSettings(
              section,
              Dialect.SQLITE,
              sqliteUrl(file, parameters.get()),
              Optional.empty(),
              Optional.empty(),
              Optional.of(file)));
    } catch (InvalidPathException e) {
      problems.add(
          origin(section, "database"),
          section + ".database",
          Secrets.quote("", name) + " is not a path: " + e.getReason());
      return Optional.empty();
    }
  }

  /**
   * As a file: URI if the driver would take a parameter for a part of the file's name. SQLite
   * ignores unknown parameters, such as those of SQLAlchemy.
   */
  private static String sqliteUrl(Path file, Map<String, String> parameters) {
    String path = file.toString();
    boolean plain = parameters.isEmpty() && !path.contains("?");
    return plain
        ? "jdbc:sqlite:" + path
        : "jdbc:sqlite:file:"
            + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
            + query(parameters);
  }

  /** Reports parts that SQLite does not use, unless they come from a weaker source. */
  private void unused(String section) {
    List<Setting> saying = new ArrayList<>();
    values.setting(section + ".url").ifPresent(saying::add);
    values.setting(section + ".dialect").ifPresent(saying::add);
    int strongest = saying.stream().mapToInt(one -> one.source().rank().ordinal()).max().orElse(0);
    for (String part : List.of("host", "port", "username", "password")) {
      values
          .setting(section + "." + part)
          .filter(setting -> setting.source().rank().ordinal() >= strongest)
          .filter(setting -> !setting.value().isEmpty())
          .ifPresent(setting -> problems.add(setting, "SQLite does not use it; remove it"));
    }
  }

  private Source origin(String section, String part) {
    return values
        .setting(section + "." + part)
        .or(() -> values.setting(section + ".url"))
        .map(Setting::source)
        .orElse(config);
  }

  private void missing(String key, String remedy) {
    problems.addMissing(values.place(key, config), key, remedy);
  }

  private static String query(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(Collectors.joining("&", parameters.isEmpty() ? "" : "?", ""));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
