package io.actionscheduler.zone;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

/** Makes compiled time zones for tests: slim files that hold nothing but the rule at their end. */
public final class CompiledZone {
  private CompiledZone() {}

  /** A TZif file of {@code rule}, in the form of POSIX's variable TZ. */
  public static byte[] of(String rule) {
    ZoneOffset offset = PosixText.read(rule).orElseThrow().offset();
    byte[] end = ("\n" + rule + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer file = ByteBuffer.allocate(2 * (44 + 6 + 1) + end.length);
    for (int block = 0; block < 2; block++) {
      file.putInt(0x545a6966).put((byte) '2').put(new byte[15]);
      file.putInt(0).putInt(0).putInt(0).putInt(0).putInt(1).putInt(1);
      file.putInt(offset.getTotalSeconds()).putShort((short) 0).put((byte) 0);
    }
    return file.put(end).array();
  }
}
