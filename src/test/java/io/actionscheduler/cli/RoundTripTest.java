package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is exported is the same again after an import. */
class RoundTripTest {
  private static final String TABLE =
      "CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT, command TEXT, cron TEXT,"
          + " merge_missed BOOLEAN, actuality_time INTEGER, enabled BOOLEAN, timezone TEXT,"
          + " callback TEXT, parameters TEXT, retry TEXT, overlap TEXT, owner_id TEXT)";

  @TempDir private Path from;
  @TempDir private Path to;
  private Installation source;
  private Installation target;

  @BeforeEach
  void install() {
    source = Installation.in(from);
    target = Installation.in(to);
    source.sql(TABLE);
    target.sql(TABLE);
  }

  private void insert(List<Map<String, String>> rows) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + source.database())) {
      for (Map<String, String> row : rows) {
        String columns = String.join(", ", row.keySet());
        String places = "?" + ", ?".repeat(row.size() - 1);
        try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO action (" + columns + ") VALUES (" + places + ")")) {
          int place = 1;
          for (String value : row.values()) {
            insert.setString(place++, value);
          }
          insert.execute();
        }
      }
    }
  }

  private static List<List<String>> rows(Installation of) throws Exception {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + of.database());
        var result =
            connection.createStatement().executeQuery("SELECT * FROM action ORDER BY id")) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= 13; column++) {
          row.add(result.getString(column));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static Map<String, String> row(String command, String cron, String parameters) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("name", "n");
    row.put("command", command);
    row.put("cron", cron);
    row.put("parameters", parameters);
    return row;
  }

  private void assertSame(String form) throws Exception {
    String[] export =
        form.equals("json")
            ? new String[] {"actions", "export", "--json"}
            : new String[] {"actions", "export"};
    Typed exported = source.type(export);
    Typed imported = target.typeWith(exported.out(), "actions", "import", "-");
    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(rows(target)).isEqualTo(rows(source));
    assertThat(target.type(export).out()).isEqualTo(exported.out());
    Typed again = target.typeWith(exported.out(), "actions", "import", "-");
    assertThat(again.out()).startsWith("0 added");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "json"})
  void everyValueStaysWhatItIs(String form) throws Exception {
    insert(
        List.of(
            row("next\u0085line \u2028 \u2029 \ufeff \r\n\t x \ud83d\ude00", "30 3 * * *", null),
            row("010", "90s", "{\"big\":123456789012345678901234567890,\"n\":9223372036854775808}"),
            row("", "2026-12-31T23:59:59Z", "{\"f\":0.12345678901234567890123,\"g\":1.5}"),
            row("no", "\"@daily\"", "{\"e\":1.0E10,\"h\":1.0E+400,\"i\":-0.25,\"t\":\"1e5\"}"),
            row("~", "{\"format\":\"unix\",\"params\":{\"value\":\"* * * * *\"}}", "{}"),
            row(" x ", "@hourly", "{\"a\":[1,null,true,\"true\",\"010\",\"\"],\"\":{\"o\":{}}}"),
            row("'q' \"q\" # : - {", "5m", "{\"text\":\"{\\\"a\\\": 1}\"}")));
    // Text in quotes is equal to the same text without them.
    source.sql("UPDATE action SET cron = '@daily' WHERE cron = '\"@daily\"'");
    assertSame(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yaml", "json"})
  void randomTextsStayWhatTheyAre(String form) throws Exception {
    Random random = new Random(29);
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put(text(random), text(random));
      parameters.put("d" + i, random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
      rows.add(row(text(random), "1h", Json.write(parameters)));
    }
    insert(rows);
    assertSame(form);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    String odd = "\u0001\t\n\r\u0085\u2028\u2029\ufeff\u00e4 :#-?{}[],&*!|>'\"%@`0123456789.eE+~x";
    for (int i = random.nextInt(12); i > 0; i--) {
      text.append(odd.charAt(random.nextInt(odd.length())));
    }
    return text.toString();
  }
}
