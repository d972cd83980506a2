package io.actionscheduler.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.callback.process.ProcessFactory;
import io.actionscheduler.callback.webhook.WebhookFactory;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.template.JsonTemplate;
import io.actionscheduler.template.Passport;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages below docs/callbacks, and the page of alerts, show is true. */
class CallbackPagesTest {
  private static final Path PAGES = Path.of("docs/callbacks");
  private static final Delivery REPORT =
      Deliveries.of("Morning report", "send it", Map.of("chat_id", 42L));

  @TempDir private Path folder;

  static List<String> configurations() throws IOException {
    List<String> shown = new ArrayList<>();
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.sorted().toList()) {
        shown.addAll(blocks(page, "yaml"));
      }
    }
    shown.addAll(blocks(Path.of("docs/alerts.md"), "yaml"));
    assertThat(shown).hasSizeGreaterThan(8);
    return shown;
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyConfigurationShownMakesItsCallbacks(String yaml) throws Exception {
    String enough =
        yaml.contains("actions_db:") ? "" : "actions_db: {dialect: sqlite, database: x.db}\n";
    boolean isWhole = yaml.contains("action:"); // it names its own callback
    if (!isWhole) {
      enough += "action: {callback: stdout, defaults: {merge_missed: false, actuality_time: -1}}\n";
    }
    Settings settings =
        ConfigLoader.parse(
            enough + yaml, "", Map.of("API_KEY", "a-key-of-the-test-that-is-long-enough"));
    try (ConfiguredCallbacks outlets =
        ConfiguredCallbacks.of(settings, Clock.systemUTC(), reason -> {})) {
      assertThat(outlets.settings()).hasSizeGreaterThanOrEqualTo(isWhole ? 1 : 2);
    }
  }

  @Test
  void theDocumentOfTheTemplatesPageGivesWhatItSays() throws Exception {
    List<String> documents = blocks(PAGES.resolve("templates.md"), "json");
    Passport passport = new Passport(REPORT.fire(), REPORT.attempt(), REPORT.startedAt());
    assertThat(JsonTemplate.of(documents.get(0)).render(passport))
        .isEqualTo(documents.get(1).strip());
  }

  @Test
  void thePlainFormOfTheRedisPageIsWhatIsSent() throws Exception {
    String shown = blocks(PAGES.resolve("redis.md"), "json").get(0);
    Delivery made = Deliveries.of("Morning report", "make", Map.of("chat_id", 42L));
    assertThat(Json.parse(shown))
        .isEqualTo(new Passport(made.fire(), made.attempt(), made.startedAt()).values());
  }

  @Test
  void theRecipeForPythonCallsAUsersFunction() throws Exception {
    assumeTrue(hasPython());
    String runner = blocks(PAGES.resolve("process.md"), "python").get(1);
    Files.writeString(folder.resolve("run_callback.py"), runner);
    Files.writeString(
        folder.resolve("my_callbacks.py"),
        "def send_report(command):\n    print('called with ' + command)\n"
            + "    if command == 'fail': raise ValueError('no such report')\n");
    BatchCallback callback =
        new ProcessFactory(new RunningOutputs())
            .create(
                new CallbackSettings(
                    "python",
                    "process",
                    "callbacks.python",
                    Map.of(
                        "command.0", "python3",
                        "command.1", "run_callback.py",
                        "command.2", "my_callbacks:send_report",
                        "working_directory", folder.toString())));
    Reported reported = Reported.on(callback, Deliveries.of("monthly", "fail"));
    assertThat(reported.output(0)).isEqualTo("called with monthly\n");
    assertThat(reported.failed().get(1)).hasMessageEndingWith("ValueError: no such report");
  }

  @Test
  void theCheckOfASignatureInPythonTakesOursAndNoOther() throws Exception {
    assumeTrue(hasPython());
    String check = blocks(PAGES.resolve("webhook.md"), "python").get(0);
    TestHttp.Request request = signed();
    String text = "now = " + Deliveries.DUE.getEpochSecond() + "\n";
    text += "body = base64.b64decode('" + base64(request.body()) + "')\n";
    text += "headers = {\n";
    for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
      text += "  '" + name + "': '" + request.headers().get(name) + "',\n";
    }
    text += "}\ntime.time = lambda: now\n";
    text += "print(is_ours(b'secret', headers, body), is_ours(b'other', headers, body),";
    text += " is_ours(b'secret', headers, body + b' '))\n";
    text += "now += 600\nprint(is_ours(b'secret', headers, body))\n";
    assertThat(python(check + text)).isEqualTo("True False False\nFalse\n");
  }

  private static TestHttp.Request signed() throws Exception {
    try (TestHttp http = TestHttp.start()) {
      BatchCallback callback =
          new WebhookFactory()
              .create(
                  new CallbackSettings(
                      "hook",
                      "webhook",
                      "callbacks.hook",
                      Map.of("url", "http://127.0.0.1:" + http.port(), "secret", "secret")));
      Reported.on(callback, List.of(REPORT));
      callback.close();
      return http.taken().get(0);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private String python(String program) throws Exception {
    Path file = folder.resolve("program.py");
    Files.writeString(file, program);
    Process process =
        new ProcessBuilder("python3", file.toString()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static boolean hasPython() throws InterruptedException {
    try {
      Process python = new ProcessBuilder("python3", "--version").start();
      return python.waitFor(60, TimeUnit.SECONDS) && python.exitValue() == 0;
    } catch (IOException e) {
      return false; // not on this machine
    }
  }

  private static List<String> blocks(Path page, String language) throws IOException {
    return Pattern.compile("(?sm)^ *```" + language + "\n(.*?)```")
        .matcher(Files.readString(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
