package io.actionscheduler.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How modules become one script. */
class BundleTest {
  private static Bundle of(Map<String, String> sources, String... modules) {
    return new Bundle("main.js").with(List.of(modules), sources::get, "later.js");
  }

  @Test
  void eachModuleIsAScopeOfItsOwnThatGivesWhatItExports() {
    String script =
        of(
                Map.of(
                    "one",
                    "export const a = 1;\nfunction own() {}\nexport async function b() {}\n",
                    "two",
                    "import { a, b as c } from './one.js';\nexport class D {}\nexport { a };\n"),
                "one",
                "two")
            .text();

    assertThat(script)
        .contains("const $one = (() => {\nconst a = 1;\nfunction own() {}\nasync function b() {}")
        .contains("return { a: a, b: b };")
        .contains("const $two = (() => {\nconst { a, b: c } = $one;\nclass D {}")
        .contains("return { D: D, a: a };")
        .endsWith("export { $one, $two };\n");
  }

  @Test
  void aPartForLaterUsesTheScopesThatAreThere() {
    Map<String, String> sources =
        Map.of(
            "one", "export const a = () => import('./more.js');\n",
            "more", "import { a } from './one.js';\nexport const b = a;\n");
    Bundle main = of(sources, "one");

    assertThat(main.text())
        .contains("const a = () => import('./later.js').then((all) => all.$more);");
    assertThat(
            new Bundle("later.js")
                .behind(main)
                .with(List.of("more"), sources::get, "later.js")
                .text())
        .startsWith("import { $one } from './main.js';\nconst $more = (() => {")
        .contains("const { a } = $one;");
  }

  @Test
  void commentsWithLinesOfTheirOwnAndIndentsAreLeftOut() {
    String script =
        of(
                Map.of(
                    "one",
                    "// What it is.\nexport const a = [\n  1, // one\n  // two\n  'http://x',\n];\n"
                        + "/** Says b. */\nexport function b() {\n  return `a\n    b`;\n}\n"),
                "one")
            .text();

    assertThat(script)
        .contains(
            "(() => {\nconst a = [\n1, // one\n'http://x',\n];\nfunction b() {\nreturn `a\nb`;\n}");
  }

  @Test
  void whatIsImportedAndNotExportedAndFormsThatAreNotKnownAreRefused() {
    assertThatThrownBy(
            () -> of(Map.of("one", "", "two", "import { a } from './one.js';"), "one", "two"))
        .hasMessage("two.js imports a, which one.js does not export");
    assertThatThrownBy(() -> of(Map.of("two", "import { a } from './one.js';"), "two"))
        .hasMessage("two.js imports from one.js, which is not before it");
    assertThatThrownBy(() -> of(Map.of("one", "export default 1;"), "one"))
        .hasMessage("one.js: not understood: export default 1;");
    assertThatThrownBy(() -> of(Map.of("one", "import './other.js';"), "one"))
        .hasMessage("one.js: not understood: import './other.js';");
  }
}
