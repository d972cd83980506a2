package io.actionscheduler.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TzifTest {
  private static final long IN_1990 = 631_152_000;

  /** A file with an offset of its own before 1990, one behind it, and {@code footer}. */
  private static byte[] file(char version, int before, int after, String footer)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    block(out, version, 4, before, after);
    if (version != 0) {
      block(out, version, 8, before, after);
      out.write(("\n" + footer + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  private static void block(DataOutputStream out, char version, int size, int before, int after)
      throws IOException {
    out.writeBytes("TZif");
    out.writeByte(version);
    out.write(new byte[15]);
    for (int count : new int[] {0, 0, 0, 1, 2, 4}) {
      out.writeInt(count);
    }
    if (size == 4) {
      out.writeInt((int) IN_1990);
    } else {
      out.writeLong(IN_1990);
    }
    out.writeByte(1);
    out.writeInt(before);
    out.writeShort(0);
    out.writeInt(after);
    out.writeShort(0);
    out.writeBytes("ABC\0");
  }

  private static int hours(ZoneRules rules, String at) {
    return rules.getOffset(Instant.parse(at)).getTotalSeconds() / 3600;
  }

  @ParameterizedTest
  @ValueSource(chars = {0, '2', '3', '4'})
  void everyVersionIsRead(char version) throws Exception {
    ZoneRules rules = Tzif.read(file(version, 3600, 7200, "<+02>-2"));

    assertThat(hours(rules, "1989-12-31T23:59:59Z")).isEqualTo(1);
    assertThat(hours(rules, "1990-01-01T00:00:00Z")).isEqualTo(2);
    assertThat(hours(rules, "2100-01-01T00:00:00Z")).isEqualTo(2);
  }

  @ParameterizedTest(name = "{0} at {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "CET-1CEST,M3.5.0,M10.5.0/3 | 2026-03-29T00:59:59Z | 1",
        "CET-1CEST,M3.5.0,M10.5.0/3 | 2026-03-29T01:00:00Z | 2",
        "CET-1CEST,M3.5.0,M10.5.0/3 | 2026-10-25T00:59:59Z | 2",
        "CET-1CEST,M3.5.0,M10.5.0/3 | 2026-10-25T01:00:00Z | 1",
        "IST-1GMT0,M10.5.0,M3.5.0/1 | 2026-01-01T00:00:00Z | 0",
        "IST-1GMT0,M10.5.0,M3.5.0/1 | 2026-03-29T01:00:00Z | 1",
        "IST-1GMT0,M10.5.0,M3.5.0/1 | 2026-10-25T01:00:00Z | 0",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0 | 2026-03-29T00:59:59Z | -2",
        "<-02>2<-01>,M3.5.0/-1,M10.5.0/0 | 2026-03-29T01:00:00Z | -1",
        "EET-2EEST,M3.4.4/50,M10.4.4/50 | 2026-03-27T23:59:59Z | 2",
        "EET-2EEST,M3.4.4/50,M10.4.4/50 | 2026-03-28T00:00:00Z | 3",
        "EST5EDT,0/0,J365/25 | 2026-01-01T12:00:00Z | -4",
        "EST5EDT,0/0,J365/25 | 2028-12-31T12:00:00Z | -4",
        "AAA-1BBB,J60/0,J300/0 | 2028-02-29T12:00:00Z | 1",
        "AAA-1BBB,J60/0,J300/0 | 2028-03-01T12:00:00Z | 2",
        "AAA-1BBB,59/0,300/0 | 2028-02-29T12:00:00Z | 2",
        "AAA-1BBB,59/0,300/0 | 2027-02-28T12:00:00Z | 1",
        "AAA-1BBB,M2.5.0/167,M8.1.1/-167 | 2026-02-28T21:59:59Z | 1",
        "AAA-1BBB,M2.5.0/167,M8.1.1/-167 | 2026-02-28T22:00:00Z | 2",
        "AAA-1BBB,M2.5.0/167,M8.1.1/-167 | 2026-07-26T22:59:59Z | 2",
        "AAA-1BBB,M2.5.0/167,M8.1.1/-167 | 2026-07-26T23:00:00Z | 1"
      })
  void theRuleAtTheEndIsFollowed(String footer, String at, int hours) throws Exception {
    int in1990 = new SecondReader(file('3', 0, 0, footer)).offset(IN_1990);

    assertThat(hours(Tzif.read(file('3', 0, in1990, footer)), at)).isEqualTo(hours);
    assertThat(hours(PosixText.read(footer).orElseThrow().rules(), at)).isEqualTo(hours);
  }

  @Test
  void savingIsTheHigherOffsetEvenWhereTheRuleCallsItTheOther() throws Exception {
    ZoneRules dublin = Tzif.read(file('3', 0, 3600, "IST-1GMT0,M10.5.0,M3.5.0/1"));

    assertThat(dublin.isDaylightSavings(Instant.parse("2026-07-01T00:00:00Z"))).isTrue();
    assertThat(dublin.isDaylightSavings(Instant.parse("2026-01-01T00:00:00Z"))).isFalse();
    assertThat(dublin.getStandardOffset(Instant.parse("2026-07-01T00:00:00Z")))
        .isEqualTo(ZoneOffset.UTC);
  }

  @Test
  void aZoneThatNeverChangesIsAFixedOffset() throws Exception {
    assertThat(Tzif.read(file('2', 3600, 3600, "<+01>-1")))
        .isEqualTo(ZoneOffset.ofHours(1).getRules());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CET",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-25",
        "CET-1CEST,M3.5.0/168,M10.5.0",
        "x"
      })
  void aRuleThatIsNoneIsRefused(String footer) throws Exception {
    assertThat(PosixText.read(footer)).isEmpty();
    byte[] file = file('2', 0, 3600, footer);
    assertThatThrownBy(() -> Tzif.read(file))
        .isInstanceOf(ZoneFault.class)
        .hasMessage("is damaged: the rule at its end is not understood: " + footer);
  }

  /** Whatever is broken, it is a fault with a message, or zones that are none the worse. */
  @Test
  void damagedFilesAreFaultsAndNothingElse() throws Exception {
    byte[] whole = file('2', 3600, 7200, "CET-1CEST,M3.5.0,M10.5.0/3");
    Random random = new Random(2026);
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      byte[] broken =
          Arrays.copyOf(whole, i % 3 == 0 ? random.nextInt(whole.length) : whole.length);
      for (int bytes = random.nextInt(4); bytes > 0 && broken.length > 0; bytes--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        Tzif.read(broken).nextTransition(Instant.EPOCH);
      } catch (ZoneFault e) {
        refused++;
        assertThat(e).hasMessageStartingWith("is ");
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }
}
