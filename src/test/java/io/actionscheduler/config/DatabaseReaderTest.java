package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.db.DatabaseSettings.Dialect;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseReaderTest {
  private static final String ACTION =
      "action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}\n";
  private static final Path HERE = Path.of("").toAbsolutePath();

  private static DatabaseSettings read(String section) throws InvalidConfig {
    return read(section, Map.of());
  }

  private static DatabaseSettings read(String section, Map<String, String> environment)
      throws InvalidConfig {
    return ConfigLoader.parse(ACTION + "actions_db: {" + section + "}\n", "", environment)
        .actionsDb()
        .orElseThrow();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://u:p@h:5433/db                  | jdbc:postgresql://h:5433/db | u | p",
        "postgresql+asyncpg://u:p@h:5432/db          | jdbc:postgresql://h:5432/db | u | p",
        "postgresql+psycopg2://u:p%40ss%2Fw@h/db     | jdbc:postgresql://h/db      | u | p@ss/w",
        "postgres://u:p/w@h/db                       | jdbc:postgresql://h/db      | u | p/w",
        "postgresql://u:a+b@h/db                     | jdbc:postgresql://h/db      | u | a+b",
        "postgresql://u@h/db                         | jdbc:postgresql://h/db      | u |",
        "postgresql:///db                            | jdbc:postgresql://localhost/db | |",
        "postgresql://u:p@[::1]:5432/db              | jdbc:postgresql://[::1]:5432/db | u | p",
        "postgresql://u:p@a:1,b:2/db                 | jdbc:postgresql://a:1,b:2/db | u | p",
        "postgresql://h/db?user=u&password=p&ApplicationName=x | "
            + "jdbc:postgresql://h/db?ApplicationName=x | u | p",
        "postgresql+asyncpg://u:p@h/db?ssl=require   | jdbc:postgresql://h/db?sslmode=require | "
            + "u | p",
        "postgresql://h/db?ssl=true&connect_timeout=3 | "
            + "jdbc:postgresql://h/db?ssl=true&connectTimeout=3 | |",
        "jdbc:postgresql://h:5432/db?user=u&password=p%26q | jdbc:postgresql://h:5432/db | u | p&q",
        "jdbc:postgresql://h/db?sslmode=verify-full  | "
            + "jdbc:postgresql://h/db?sslmode=verify-full | |",
        "jdbc:postgresql:db                          | jdbc:postgresql://localhost/db | |",
      })
  void serversAreFoundByUrlsOfBothStyles(String url, String jdbc, String user, String password)
      throws InvalidConfig {
    DatabaseSettings database = read("url: '" + url + "'");

    assertThat(database.dialect()).isEqualTo(Dialect.POSTGRESQL);
    assertThat(database.jdbcUrl()).isEqualTo(jdbc);
    assertThat(database.username().orElse(null)).isEqualTo(user);
    assertThat(database.password().orElse(null)).isEqualTo(password);
    assertThat(database.file()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sqlite:///scheduler.db             | scheduler.db  |",
        "sqlite+aiosqlite:///data/s.db      | data/s.db     |",
        "sqlite:////data/s.db               | /data/s.db    |",
        "jdbc:sqlite:s.db                   | s.db          |",
        "jdbc:sqlite:/data/s.db             | /data/s.db    |",
        "jdbc:sqlite:file:/data/s.db        | /data/s.db    |",
        "sqlite:///../s.db                  | ../s.db       |",
        "sqlite:///s.db?timeout=30          | s.db          | ?busy_timeout=30000",
        "jdbc:sqlite:s.db?journal_mode=WAL  | s.db          | ?journal_mode=WAL",
      })
  void filesAreFoundByUrlsOfBothStyles(String url, String file, String parameters)
      throws InvalidConfig {
    DatabaseSettings database = read("url: '" + url + "'");
    Path path = HERE.resolve(file).normalize();

    assertThat(database.dialect()).isEqualTo(Dialect.SQLITE);
    assertThat(database.file()).contains(path);
    assertThat(database.jdbcUrl())
        .isEqualTo(
            parameters == null ? "jdbc:sqlite:" + path : "jdbc:sqlite:file:" + path + parameters);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dialect: postgresql, database: d                           | "
            + "jdbc:postgresql://localhost/d",
        "dialect: postgres, host: h, database: d                    | jdbc:postgresql://h/d",
        "dialect: postgresql+asyncpg, host: h, port: 1, database: d | jdbc:postgresql://h:1/d",
        "dialect: postgresql, host: '::1', port: 1, database: d     | jdbc:postgresql://[::1]:1/d",
        "dialect: postgresql, host: h, database: 'a b/c?d'          | "
            + "jdbc:postgresql://h/a%20b%2Fc%3Fd",
      })
  void serversAreFoundByTheirParts(String section, String jdbc) throws InvalidConfig {
    assertThat(read(section).jdbcUrl()).isEqualTo(jdbc);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://h/d?target_session_attrs=read-write | "
            + "jdbc:postgresql://h/d?targetServerType=primary",
        "postgresql://a,b/d?target_session_attrs=standby  | "
            + "jdbc:postgresql://a,b/d?targetServerType=secondary",
        "postgresql+psycopg2://u:p@/d?host=h:5381         | jdbc:postgresql://h:5381/d",
        "postgresql://u:p@/d?host=a&host=b                | jdbc:postgresql://a,b/d",
        "postgresql://u:p@/d?host=a&host=b&port=1&port=2  | jdbc:postgresql://a:1,b:2/d",
        "postgresql://h/d?sslmode=require&sslmode=require | jdbc:postgresql://h/d?sslmode=require",
        "postgresql://u@h/d?user=u&ssl=true&sslmode=require | "
            + "jdbc:postgresql://h/d?ssl=true&sslmode=require",
        "postgresql://u:p@/d?host=a,b&port=1,2            | jdbc:postgresql://a:1,b:2/d",
        "postgresql+asyncpg://h/d?ssl=require&prepared_statement_cache_size=0 | "
            + "jdbc:postgresql://h/d?sslmode=require&prepareThreshold=0",
        "postgresql://h/d?options=-csearch_path%3Dapp     | "
            + "jdbc:postgresql://h/d?options=-csearch_path%3Dapp",
        "postgresql://h/d?client_encoding=utf8            | jdbc:postgresql://h/d",
        "postgresql://my_db:5432/d                        | jdbc:postgresql://my_db:5432/d",
        "postgresql://sched@prod-db:pw@prod-db.example.com:5432/s | "
            + "jdbc:postgresql://prod-db.example.com:5432/s",
      })
  void parametersOfOtherDriversAreUnderstood(String url, String jdbc) throws InvalidConfig {
    assertThat(read("url: '" + url + "'").jdbcUrl()).isEqualTo(jdbc);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "postgresql://h/d?connect_timeout=abc | has connect_timeout=abc, which is not a number",
        "postgresql://h/d?socketTimeout=1s | has socketTimeout=1s, which is not a number",
        "postgresql://h/d?channel_binding=must | has channel_binding=must, which is unknown",
        "postgresql://h/d?gssEncMode=of | has gssEncMode=of, which is unknown",
        "postgresql://h/d?requireAuth=md5,scam | has requireAuth=scam, which is unknown",
        "postgresql://h/d?service=prod | has the parameter \"service\", which is unknown",
        "postgresql://h/d?sslmod=verify-full | has the parameter \"sslmod\", which is unknown; did "
            + "you mean sslmode?",
        "postgresql://h/d?ssl_mode=require   | has the parameter \"ssl_mode\", which is unknown; "
            + "did you mean sslmode?",
        "postgresql://h/d?sslmode=requir     | has sslmode=requir, which is unknown; did you "
            + "mean require?",
        "postgresql://h/d?target_session_attrs=master | has target_session_attrs=master, which "
            + "is unknown",
        "postgresql://h/d?sslmode=require&sslmode=disable | has sslmode twice, with different values",
        "postgresql://h/d?sslmode=require&ssl=disable | has sslmode twice, with different values",
        "postgresql://h/d?connect_timeout=3&connectTimeout=5 | has connectTimeout twice",
        "postgresql://u@h/d?user=v           | has user twice, with different values",
        "postgresql://u:p@h/d?password=q     | has password twice, with different values",
        "postgresql://h/d?ssl=true&sslmode=disable | has ssl and sslmode that contradict each other",
        "jdbc:postgresql://h/d?sslmode=prefer&ssl=true | has ssl and sslmode that contradict",
        "postgresql://h/d?sslmode=verify-full&ssl=false | has ssl and sslmode that contradict",
        "sqlite:///a.db?timeout=5&busy_timeout=1 | has busy_timeout twice",
        "sqlite:///a.db?mode=ro&mode=rwc     | has mode twice",
        "postgresql://h/d?host=i             | has a host twice, once as a parameter",
        "postgresql://h:70000/d              | has a host that can't be one, or a port that is "
            + "not 1 to 65535",
        "postgresql://h:0/d                  | has a host that can't be one, or a port that is "
            + "not 1 to 65535",
        "sqlite:///a.db?busy_timeot=5        | has the parameter \"busy_timeot\", which is unknown; "
            + "did you mean busy_timeout?",
        "postgresql://u:a@b@c/d@e            | is not an address of a server; an @ in user or "
            + "password is written %40",
      })
  void aParameterThatNobodyUnderstandsIsNeverDropped(String url, String fault) {
    assertThat(
            Config.problems(ACTION + "actions_db: {url: '" + url + "'}\n", "", Map.of()).toString())
        .startsWith("[config.yaml:2: actions_db.url: ")
        .contains(fault);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ss%sl=require", "sslmode=requir%se", "connect_timeout=1%s1"})
  void whatIsRefusedOfAnAddressIsShownOnOneLine(String parameter) {
    String url = "postgresql://h/d?" + parameter.formatted("\\u2028");
    assertThat(Config.problems(ACTION + "actions_db: {url: \"" + url + "\"}\n", "", Map.of()))
        .singleElement()
        .asString()
        .contains("\\u2028")
        .doesNotContain("\u2028");
  }

  @Test
  void aNewFileWithACharacterThatNobodySeesIsToldWithItsName() {
    assertThat(
            Config.problems(
                ACTION + "actions_db: {dialect: sqlite, database: 'new\u200b.db'}\n", "", Map.of()))
        .containsExactly(
            "config.yaml:2: actions_db.database: \"new\\u200b.db\" does not exist, and its character"
                + " 4 is zero width space (U+200B), as in text that was copied from a web page or a"
                + " document; leave it out");
  }

  @Test
  void whatOnlyPythonUnderstandsIsLeftOut() throws InvalidConfig {
    assertThat(read("url: 'sqlite:////s.db?check_same_thread=False'").jdbcUrl())
        .isEqualTo("jdbc:sqlite:/s.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1", "a b", "h/d", "u@h"})
  void whatCanBeNoHostIsToldWithItsLine(String host) {
    assertThat(
            Config.problems(
                ACTION + "actions_db: {dialect: postgresql, host: '" + host + "', database: d}\n",
                "",
                Map.of()))
        .containsExactly(
            "config.yaml:2: actions_db.host: \""
                + host
                + "\" cannot be a host; allowed: a name or an address, without scheme");
  }

  @Test
  void aFilesNameMayHoldWhatAUrlMayNot() throws InvalidConfig {
    assertThat(read("dialect: sqlite, database: '/a?b#c%d.db'").jdbcUrl())
        .isEqualTo("jdbc:sqlite:file:/a%3fb%23c%25d.db");
  }

  @Test
  void userAndPasswordMayStandBesideTheUrl() throws InvalidConfig {
    DatabaseSettings database =
        read("url: 'postgresql://u@h/db'", Map.of("ACTIONS_DB__PASSWORD", "p"));

    assertThat(database.username()).contains("u");
    assertThat(database.password()).contains("p");
  }

  @Test
  void aUrlOfAStrongerSourceReplacesTheParts() throws InvalidConfig {
    DatabaseSettings database =
        read(
            "dialect: sqlite, database: file.db",
            Map.of("ACTIONS_DB__URL", "postgresql://u:p@h/db"));

    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://h/db");
  }

  @Test
  void aPartOfAStrongerSourceReplacesThatPartOfTheUrl() throws InvalidConfig {
    DatabaseSettings database =
        read(
            "url: 'postgresql://u:p@h:5432/db'",
            Map.of("ACTIONS_DB__HOST", "other", "ACTIONS_DB__PASSWORD", "q"));

    assertThat(database.jdbcUrl()).isEqualTo("jdbc:postgresql://other:5432/db");
    assertThat(database.username()).contains("u");
    assertThat(database.password()).contains("q");
  }

  @Test
  void anotherDialectOfAStrongerSourceLeavesThePartsThatDoNotFit() throws InvalidConfig {
    DatabaseSettings database =
        read(
            "dialect: postgresql, host: h, username: u, password: p, database: d",
            Map.of("ACTIONS_DB__DIALECT", "sqlite", "ACTIONS_DB__DATABASE", "/s.db"));

    assertThat(database.jdbcUrl()).isEqualTo("jdbc:sqlite:/s.db");
    assertThat(database.username()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "database: d              | config.yaml:2: actions_db.dialect: required, and not set; add "
            + "it: postgresql or sqlite, or set the variable ACTIONS_DB__DIALECT",
        "dialect: sqlite          | config.yaml:2: actions_db.database: required, and not set; "
            + "add the path of the SQLite file, or set the variable ACTIONS_DB__DATABASE",
        "dialect: postgresql      | config.yaml:2: actions_db.database: required, and not set; "
            + "add the name of the database, or set the variable ACTIONS_DB__DATABASE",
        "dialect: postgresq, database: d | config.yaml:2: actions_db.dialect: \"postgresq\" is "
            + "a dialect that is not supported; did you mean postgresql? allowed: postgresql, sqlite",
        "dialect: sqlite, database: d, host: h | config.yaml:2: actions_db.host: SQLite does "
            + "not use it; remove it",
        "dialect: sqlite, database: ':memory:' | config.yaml:2: actions_db.database: a database "
            + "in memory can't be shared with the program that writes the actions; allowed: a file",
        "dialect: postgresql, database: d, host: /run/pg | config.yaml:2: actions_db.host: "
            + "\"/run/pg\" is a socket; allowed: a host name or an address",
        "dialect: postgresql, database: d, port: 70000 | config.yaml:2: actions_db.port: "
            + "\"70000\" is out of range; allowed: a whole number from 1 to 65535",
        "url: 'postgresql://h/d', database: e | config.yaml:2: actions_db.database: set beside "
            + "actions_db.url, which has it, too; keep one of them",
        "url: 'sqlite://s.db'     | config.yaml:2: actions_db.url: \"sqlite://s.db\" needs "
            + "three slashes, four before an absolute path; allowed: postgresql://user:password@host:5432/database, sqlite:///relative.db, sqlite:////absolute.db, and the same as jdbc:postgresql: and jdbc:sqlite:",
        "url: 'mysql://u:hunter2@h/d' | config.yaml:2: actions_db.url: \"mysql://u:***@h/d\" is "
            + "a dialect that is not supported; allowed: postgresql, sqlite",
        "url: 'postgresql://u:p%zz@h/d' | config.yaml:2: actions_db.url: "
            + "\"postgresql://u:***@h/d\" has a % without two hexadecimal digits after it; write %25 for a plain one; allowed: postgresql://user:password@host:5432/database, sqlite:///relative.db, sqlite:////absolute.db, and the same as jdbc:postgresql: and jdbc:sqlite:",
        "url: nowhere             | config.yaml:2: actions_db.url: \"nowhere\" is not an "
            + "address of a database; allowed: postgresql://user:password@host:5432/database, sqlite:///relative.db, sqlite:////absolute.db, and the same as jdbc:postgresql: and jdbc:sqlite:",
      })
  void aDatabaseThatCannotBeMeantIsTold(String section, String problem) {
    assertThat(Config.problems(ACTION + "actions_db: {" + section + "}\n", "", Map.of()))
        .containsExactly(problem);
  }

  @Test
  void anInternalDatabaseInMemoryIsNone() throws InvalidConfig {
    assertThat(Config.of("internal_db: {url: 'sqlite://'}\n").internalDb()).isEmpty();
    assertThat(Config.of("internal_db: {dialect: sqlite, database: ':memory:'}\n").internalDb())
        .isEmpty();
  }
}
