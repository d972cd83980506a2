package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.actionscheduler.app.check.SettingsCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever is written into the three sources is either understood or refused with its cause. */
class ConfigFuzzTest {
  private static final int ROUNDS = Integer.getInteger("rounds", 1_000);

  private static final List<String> PIECES =
      List.of(
          "${",
          "}",
          "${A",
          "${A:",
          "$${",
          "\"",
          "'",
          "[",
          "]",
          "{",
          "}",
          ": ",
          "- ",
          "#",
          "&a ",
          "*a",
          "<<: *a",
          "!!binary ",
          "!x ",
          "\n",
          "\r",
          "\t",
          "\u0000",
          "\u001b",
          "\u2028",
          "\ufeff",
          "\ud83d",
          "😀",
          "null",
          "~",
          "no",
          "010",
          "1e9",
          "-",
          "99999999999999999999",
          "__",
          ".",
          "=",
          "export ",
          "%zz",
          "@",
          "://",
          "?",
          "&",
          "\\",
          "true",
          "key: value\n",
          "  ",
          "---\n",
          "sqlite",
          "kafka");

  private final List<String> configs = new ArrayList<>();
  private String env = "";

  private void read() throws IOException {
    for (String file :
        List.of(
            "src/test/resources/config/python-trivial.yaml",
            "src/test/resources/config/python-practical.yaml",
            "sample_configs/practical/config.yaml")) {
      configs.add(Files.readString(Path.of(file)));
    }
    configs.add(
        Config.ENOUGH
            + """
            internal_db: {url: "postgresql+asyncpg://u:p@${HOST:localhost}:5432/db?ssl=require"}
            callbacks:
              a: &a {type: webhook, url: http://x, list: [1, 2], retry: {max_retries: 1}}
              b: {<<: *a, url: two}
            retry: {retry_delay: 1h30m}
            """);
    env = Files.readString(Path.of(".env.example")).replaceAll("(?m)^# ([A-Z_]+=)", "$1");
  }

  @Test
  void mutatedSettingsNeverCrashOrHangAndEachRefusalNamesItsCause() throws IOException {
    read();
    long seed = Long.getLong("seed", 20_261_127);
    System.out.println("ConfigFuzzTest: -Dseed=" + seed);
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String config = configs.get(random.nextInt(configs.size()));
      String yaml = random.nextInt(4) == 0 ? config : mutated(config, random);
      String dotenv = random.nextInt(2) == 0 ? "" : mutated(env, random);
      Map<String, String> environment = random.nextInt(2) == 0 ? Map.of() : environment(random);
      String what = "round " + i + " of seed " + seed + ":\n" + yaml + "\n" + dotenv + environment;
      refused +=
          Assertions.assertTimeoutPreemptively(
              Duration.ofSeconds(10), () -> refusals(yaml, dotenv, environment, what), what);
      if (i % 8 == 0) {
        complete(yaml, dotenv, environment, what);
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
  }

  private static int refusals(String yaml, String env, Map<String, String> variables, String what) {
    try {
      Settings settings = ConfigLoader.parse(yaml, env, variables);
      assertThatNoException()
          .as(what)
          .isThrownBy(
              () -> {
                settings.origins();
                settings.callbacks().keySet().forEach(settings::limits);
                settings.unknownCallbackSettings(Map.of("webhook", java.util.Set.of("url")));
              });
      return 0;
    } catch (InvalidConfig e) {
      assertThat(e.problems()).as(what).isNotEmpty();
      for (Problem problem : e.problems()) {
        assertThat(problem.source())
            .as(what)
            .matches("(?s)config\\.yaml(:[0-9]+)?|\\.env(:[0-9]+)?|environment variable .*");
        assertThat(problem.message()).as(what).isNotBlank().doesNotContain("Exception");
        assertThat(problem.toString().replaceFirst("(?s)to begin:\n.*", ""))
            .as(what)
            .doesNotContainPattern("[\\p{Cntrl}\u2028\u2029]");
      }
      return 1;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(what, e);
    }
  }

  /** The search for further problems works on settings that are wrong already. */
  private static void complete(
      String yaml, String env, Map<String, String> variables, String what) {
    try {
      ConfigLoader.parse(yaml, env, variables);
    } catch (InvalidConfig e) {
      assertThat(SettingsCheck.completed(e, Clock.systemUTC()).problems())
          .as(what)
          .containsAll(e.problems());
    }
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> mutant.delete(at, end);
        case 1 -> mutant.insert(at, mutant.substring(at, end));
        case 2 -> mutant.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 3 -> mutant.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        default -> mutant.insert(at, (char) random.nextInt(0x2100));
      }
    }
    return mutant.toString();
  }

  private static Map<String, String> environment(Random random) {
    List<Key<?>> keys = Keys.all();
    Map<String, String> environment = new TreeMap<>();
    for (int n = random.nextInt(5); n > 0; n--) {
      String name = Variables.nameOf(keys.get(random.nextInt(keys.size())).name());
      int level = name.lastIndexOf("__");
      String mutant =
          switch (random.nextInt(4)) {
            case 0 -> mutated(name, random);
            case 1 -> level < 0 ? name : name.substring(0, level);
            default -> name;
          };
      environment.put(mutant, mutated("{\"a\": \"${A:1}\"}", random));
    }
    return environment;
  }
}
