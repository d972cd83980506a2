package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.testing.TestCertificate;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.text.Yaml;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the image, Compose and the Debian package are made of. */
class PackagingFilesTest {
  private static final Map<String, String> VARIABLES =
      Map.of("POSTGRES_PASSWORD", "secret", "API_KEY", "a-key-of-the-test-that-is-long-enough");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "packaging/debian/config.yaml, stdout",
    "packaging/docker/config.yaml, stdout",
    "packaging/docker/compose-config.yaml, kafka"
  })
  void theirSettingsLoad(Path file, String callback) throws InvalidConfig {
    Settings settings = ConfigLoader.load(file, Path.of("packaging/debian/environment"), VARIABLES);

    assertThat(settings.callback()).isEqualTo(callback);
  }

  @Test
  void whatTheImageCopiesIsThereAndNotIgnored() throws IOException {
    List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
    for (String line : Files.readAllLines(Path.of("Dockerfile"))) {
      if (!line.startsWith("COPY ")) {
        continue;
      }
      List<String> words = Arrays.asList(line.split(" "));
      boolean built = words.get(1).equals("--from=build");
      for (String source : words.subList(built ? 2 : 1, words.size() - 1)) {
        String file = source.replaceFirst("^/build/", "");
        if (!file.startsWith("target/")) {
          assertThat(Path.of(file)).as(line).exists();
          assertThat(ignored).as(line).doesNotContain(file);
        }
      }
    }
  }

  @Test
  void composeMountsWhatIsThereAndAsksForItsSecrets() throws Exception {
    Map<?, ?> compose =
        (Map<?, ?>) Yaml.parse(Files.readString(Path.of("compose.yaml"))).orElseThrow().plain();
    Map<?, ?> services = (Map<?, ?>) compose.get("services");
    assertThat(services.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrder("scheduler", "postgres", "kafka");
    Map<?, ?> volumes = (Map<?, ?>) compose.get("volumes");
    for (Object service : services.values()) {
      for (Object mount : (List<?>) ((Map<?, ?>) service).get("volumes")) {
        String source = mount.toString().split(":")[0];
        assertThat(
                source.startsWith("./")
                    ? Files.exists(Path.of(source))
                    : volumes.containsKey(source))
            .as(mount.toString())
            .isTrue();
      }
    }
    Map<?, ?> environment = (Map<?, ?>) ((Map<?, ?>) services.get("scheduler")).get("environment");
    assertThat(environment.keySet().stream().map(Object::toString))
        .containsExactlyInAnyOrderElementsOf(VARIABLES.keySet());
    assertThat(environment.values())
        .allSatisfy(value -> assertThat(value.toString()).contains(":?"));
  }

  /** What runs as it stands here, so its addresses and its password must be those of the sample. */
  @Test
  void theServersOfTheClusterSampleAreThoseThatItsSettingsName() throws Exception {
    Path sample = Path.of("sample_configs/cluster");
    String config = Files.readString(sample.resolve("config.yaml"));
    Map<?, ?> compose =
        (Map<?, ?>)
            Yaml.parse(Files.readString(sample.resolve("compose.yaml"))).orElseThrow().plain();
    Map<?, ?> services = (Map<?, ?>) compose.get("services");
    Map<?, ?> postgres = (Map<?, ?>) services.get("postgres");
    Map<?, ?> environment = (Map<?, ?>) postgres.get("environment");
    assertThat(config)
        .contains(
            "postgresql://%s:%s@localhost:5432/%s}"
                .formatted(
                    environment.get("POSTGRES_USER"),
                    environment.get("POSTGRES_PASSWORD"),
                    environment.get("POSTGRES_DB")));
    assertThat(postgres.get("ports")).isEqualTo(List.of("127.0.0.1:5432:5432"));
    Map<?, ?> kafka = (Map<?, ?>) services.get("kafka");
    assertThat(kafka.get("ports")).isEqualTo(List.of("127.0.0.1:9092:9092"));
    assertThat(config).contains("server: \"localhost:9092\"");
    assertThat(((Map<?, ?>) kafka.get("environment")).get("KAFKA_ADVERTISED_LISTENERS"))
        .isEqualTo("PLAINTEXT://localhost:9092");
  }

  @Test
  void theHealthCheckTellsAnAnswerFromAFault() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no /usr/bin/python3 here");
    try (TestHttp http = TestHttp.start()) {
      http.answer(request -> new TestHttp.Answer(200, Map.of(), "{}"));
      assertThat(check(http.port())).isZero();
      assertThat(http.taken().get(0).path()).isEqualTo("/health");
      http.answer(request -> new TestHttp.Answer(503, Map.of(), ""));
      assertThat(check(http.port())).isEqualTo(1);
    }
    TestCertificate certificate = TestCertificate.in(folder);
    try (TestHttp https = TestHttp.start(certificate.server())) {
      https.answer(request -> new TestHttp.Answer(200, Map.of(), "{}"));
      assertThat(check(https.port())).isZero();
    }
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = closed.getLocalPort();
      closed.close();
      assertThat(check(port)).isZero(); // a scheduler without the HTTP API
    }
  }

  private int check(int port) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/python3", "packaging/docker/healthcheck.py")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().put("HTTP__PORT", Integer.toString(port));
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("output"), StandardCharsets.UTF_8)).hasLineCount(1);
    return process.exitValue();
  }
}
