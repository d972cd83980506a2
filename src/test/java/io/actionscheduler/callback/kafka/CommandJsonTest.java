package io.actionscheduler.callback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandJsonTest {

  @Test
  void isByteForByteWhatPythonWrites() throws Exception {
    Path table = Path.of(getClass().getResource("/kafka/python-json.tsv").toURI());
    List<String> cases = Files.readAllLines(table, StandardCharsets.US_ASCII);
    assertThat(cases).hasSizeGreaterThan(700);
    for (String each : cases) {
      int tab = each.indexOf('\t');
      String command = utf16(HexFormat.of().parseHex(each.substring(0, tab)));
      assertThat(CommandJson.of(command))
          .as(each)
          .isEqualTo(each.substring(tab + 1).getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Unit by unit: a decoder would replace halves of surrogate pairs. */
  private static String utf16(byte[] units) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.length; i += 2) {
      text.append((char) ((units[i] & 0xff) << 8 | units[i + 1] & 0xff));
    }
    return text.toString();
  }
}
