package io.actionscheduler.config;

import io.actionscheduler.config.Source.Rank;
import io.actionscheduler.config.Variables.Variable;
import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.text.InvalidYaml;
import io.actionscheduler.text.Yaml;
import io.actionscheduler.text.YamlNode;
import io.actionscheduler.text.YamlNode.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Reads the settings: the environment overrides {@code .env}, which overrides {@code config.yaml}.
 */
public final class ConfigLoader {
  private static final int LARGEST = 16 * 1024 * 1024;

  private static final String HOW_TO_MAKE_ONE =
      """
      write one, or name another with --config FILE; this is enough to begin:

      actions_db:
        dialect: sqlite
        database: database.db
      internal_db:
        dialect: sqlite
        database: database.db
      action:
        callback: stdout
        defaults:
          merge_missed: false
          actuality_time: -1
      test:
        write_sample_actions_to_db: true
      """;

  private final String configName;
  private final String envName;
  private final Path folder;
  private final Catalogue catalogue = new Catalogue();
  private final Problems problems = new Problems();

  private ConfigLoader(String configName, String envName, Path folder) {
    this.configName = configName;
    this.envName = envName;
    this.folder = folder;
  }

  /**
   * The settings of these sources.
   *
   * @param configFile must be there
   * @param envFile may be missing
   * @throws InvalidConfig with every problem that was found
   */
  public static Settings load(Path configFile, Path envFile, Map<String, String> environment)
      throws InvalidConfig {
    ConfigLoader loader =
        new ConfigLoader(
            configFile.toString(), envFile.toString(), configFile.toAbsolutePath().getParent());
    Optional<String> config = loader.readFile(configFile, loader.configSource());
    if (config.isEmpty() && loader.problems.isEmpty()) {
      loader.problems.add(
          loader.configSource(),
          "",
          "no such file in " + configFile.toAbsolutePath().getParent() + "; " + HOW_TO_MAKE_ONE);
    }
    Optional<String> env = loader.readFile(envFile, new Source(Rank.ENV_FILE, loader.envName, 0));
    loader.problems.throwIfAny();
    return loader.settings(config.orElse(""), env.orElse(""), environment);
  }

  /**
   * The settings of these texts, as if they stood in {@code config.yaml} and {@code .env} of the
   * working folder.
   *
   * @throws InvalidConfig with every problem that was found
   */
  public static Settings parse(String config, String env, Map<String, String> environment)
      throws InvalidConfig {
    return new ConfigLoader("config.yaml", ".env", Path.of("").toAbsolutePath())
        .settings(config, env, environment);
  }

  private Settings settings(String config, String env, Map<String, String> environment)
      throws InvalidConfig {
    Layer file = configLayer(config);
    Map<String, Variable> envFile = DotEnv.read(env, envName, problems);
    SecretFiles secrets = new SecretFiles(Path.of("").toAbsolutePath());
    Variables variables = new Variables(catalogue, file.spelling(), secrets, problems);
    List<Layer> layers =
        List.of(
            Layer.ofDefaults(),
            file,
            variables.read(Rank.ENV_FILE, envFile.values()),
            variables.read(Rank.ENVIRONMENT, environmentVariables(environment)));
    Function<String, Optional<String>> plain =
        name ->
            Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(envFile.get(name)).map(Variable::value));
    Expressions expressions =
        new Expressions(
            name -> {
              Optional<String> found = plain.apply(name);
              Optional<String> path =
                  found.isPresent() ? Optional.empty() : plain.apply(name + Variables.FILE);
              return path.isPresent() ? Optional.of(secrets.read(path.get())) : found;
            },
            secrets,
            problems);
    Values values = Values.of(layers, expressions);
    values.check(catalogue, problems);
    return checked(values);
  }

  private Settings checked(Values values) throws InvalidConfig {
    for (Key<?> required : List.of(Keys.MERGE_MISSED, Keys.ACTUALITY_TIME)) {
      if (values.setting(required.name()).isEmpty()) {
        problems.addMissing(
            values.place(required.name(), configSource()),
            required.name(),
            required == Keys.MERGE_MISSED
                ? "add it: true or false"
                : "add it: seconds, or -1 for missed fires that never expire");
      }
    }
    DatabaseReader databases = new DatabaseReader(values, problems, configSource(), folder);
    boolean restAlone = values.below("actions_db").isEmpty() && RestReader.isAsked(values);
    Optional<DatabaseSettings> actionsDb =
        restAlone ? Optional.empty() : databases.read("actions_db", true);
    Optional<DatabaseSettings> internalDb = databases.read("internal_db", false);
    checkStandby(values, internalDb);
    var callbacks = new Callbacks(values, problems, configSource()).read();
    var rest = new RestReader(values, problems, configSource(), callbacks.keySet()).read();
    var http = new HttpReader(values, problems, callbacks.keySet()).read();
    var alerts = new AlertReader(values, problems, configSource(), callbacks.keySet()).read();
    ZoneId zone = values.find(Keys.TIMEZONE).orElse(ZoneOffset.UTC);
    var calendars = new CalendarReader(values, problems, zone).read();
    new ClusterCheck(values, problems, configSource()).check(actionsDb, internalDb, rest);
    Settings settings =
        new LoadedSettings(
            values,
            new LoadedSettings.Read(
                actionsDb,
                internalDb,
                callbacks,
                rest,
                http,
                alerts,
                calendars,
                problems.warnings()),
            List.of(Path.of(configName), Path.of(envName)));
    problems.throwIfAny(settings);
    return settings;
  }

  /**
   * A process that stands by has to notice the end of the owner, which may be on another machine.
   */
  private void checkStandby(Values values, Optional<DatabaseSettings> internalDb) {
    boolean onPostgres =
        internalDb.filter(at -> at.dialect() == DatabaseSettings.Dialect.POSTGRESQL).isPresent();
    boolean told =
        internalDb.isEmpty() && !values.below("internal_db").isEmpty() && !problems.isEmpty();
    values
        .setting(Keys.STANDBY.name())
        .filter(setting -> !onPostgres && !told && values.find(Keys.STANDBY).orElse(false))
        .ifPresent(
            setting ->
                problems.add(
                    setting,
                    "true needs internal_db on PostgreSQL, whose lease shows when to take over;"
                        + " set internal_db.dialect to postgresql, or remove this line"));
  }

  /**
   * Stops at once if the file as a whole cannot be read: all other problems would follow from that.
   */
  private Layer configLayer(String text) throws InvalidConfig {
    Layer layer = new Layer(Rank.FILE);
    Optional<YamlNode> root = Optional.empty();
    try {
      root = Yaml.parse(text);
      if (root.isEmpty()) {
        problems.add(configSource(), "", "the file is empty; " + HOW_TO_MAKE_ONE);
      } else if (!(root.get() instanceof Mapping)) {
        problems.add(
            new Source(Rank.FILE, configName, root.get().line()),
            "",
            "holds no settings; allowed: lines such as \"debug: false\"");
      }
    } catch (InvalidYaml e) {
      String column = e.column() > 0 ? "column " + e.column() + ": " : "";
      problems.add(
          new Source(Rank.FILE, configName, e.line()),
          "",
          column + "not YAML that can be read: " + e.getMessage());
    }
    problems.throwIfAny();
    IntFunction<Source> sourceAt = line -> new Source(Rank.FILE, configName, line);
    new SectionReader(catalogue, layer, sourceAt, problems).read("", root.orElseThrow());
    return layer;
  }

  private static List<Variable> environmentVariables(Map<String, String> environment) {
    List<Variable> variables = new ArrayList<>();
    environment.forEach(
        (name, value) -> variables.add(new Variable(name, value, Source.variable(name), false)));
    return variables;
  }

  /** The text of a file; empty when it is missing, or cannot be read, which is reported. */
  private Optional<String> readFile(Path path, Source source) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        problems.add(source, "", "larger than 16 MiB: no file of settings");
        return Optional.empty();
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      problems.add(source, "", "not text in UTF-8; save it as UTF-8");
    } catch (AccessDeniedException e) {
      problems.add(source, "", "may not be read by this user; change its permissions");
    } catch (IOException e) {
      problems.add(
          source,
          "",
          Files.isDirectory(path) ? "is a folder; a file is expected" : "can't be read: " + e);
    }
    return Optional.empty();
  }

  private Source configSource() {
    return new Source(Rank.FILE, configName, 0);
  }
}
