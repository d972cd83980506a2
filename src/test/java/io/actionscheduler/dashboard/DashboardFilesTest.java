package io.actionscheduler.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.http.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page is made of. */
class DashboardFilesTest {
  private static final Path FILES = Path.of("src/main/resources/io/actionscheduler/dashboard");

  @Test
  void allScriptsAndStylesTogetherAreUnder150KB() {
    int bytes =
        Dashboard.texts().entrySet().stream()
            .filter(file -> file.getKey().matches(".*\\.(js|css)"))
            .mapToInt(file -> file.getValue().getBytes(StandardCharsets.UTF_8).length)
            .sum();
    assertThat(bytes).isBetween(100_000, 150_000);
  }

  @Test
  void everyFileIsServedAloneOrInAScript() throws IOException {
    Map<String, String> texts = Dashboard.texts();
    assertThat(Dashboard.routes("").stream().map(Route::path))
        .filteredOn(path -> path.startsWith("/assets/"))
        .allMatch(path -> texts.containsKey(path.substring(path.lastIndexOf('/') + 1)));
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(one -> !one.toString().endsWith(".html")).toList()) {
        String name = file.getFileName().toString();
        String module = "const $" + name.replace(".js", "") + " = ";
        assertThat(
                texts.containsKey(name)
                    || texts.values().stream().anyMatch(one -> one.contains(module)))
            .as(name)
            .isTrue();
      }
    }
  }

  @Test
  void noScriptWritesTextAsHtmlOrRunsText() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".js")).toList()) {
        assertThat(Files.readString(file))
            .as(file.toString())
            .doesNotContain(
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "dangerously");
      }
    }
  }
}
