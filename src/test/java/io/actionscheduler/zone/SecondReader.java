package io.actionscheduler.zone;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;

/**
 * Tells the offset of a compiled time zone at one moment, straight as RFC 9636 says it and as
 * slowly as that is: to hold the fast reader against. It shares no code with that one, and knows no
 * rules of java.time.
 */
final class SecondReader {
  private final long[] times;
  private final int[] kinds;
  private final int[] offsets;
  private final String footer;

  SecondReader(byte[] file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
    int[] narrow = header(in);
    in.skipNBytes(
        narrow[3] * 4L
            + narrow[3]
            + narrow[4] * 6L
            + narrow[5]
            + narrow[2] * 8L
            + narrow[1]
            + narrow[0]);
    int[] counts =
        header(in); // UTC indicators, standard indicators, leap seconds, times, types, characters
    times = new long[counts[3]];
    for (int i = 0; i < times.length; i++) {
      times[i] = in.readLong();
    }
    kinds = new int[counts[3]];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = in.readUnsignedByte();
    }
    offsets = new int[counts[4]];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = in.readInt();
      in.readShort();
    }
    in.skipNBytes(counts[5] + counts[2] * 12L + counts[1] + counts[0]);
    footer = new String(in.readAllBytes()).strip();
  }

  private static int[] header(DataInputStream in) throws IOException {
    if (in.readInt() != 0x545a6966 || in.readByte() < '2') {
      throw new IOException("no TZif file of version 2 or later");
    }
    in.skipNBytes(15);
    int[] counts = new int[6];
    for (int i = 0; i < 6; i++) {
      counts[i] = in.readInt();
    }
    return counts;
  }

  /** Seconds east of UTC. */
  int offset(long at) {
    if (times.length > 0 && at < times[0]) {
      return offsets[0];
    }
    if (times.length > 0 && at < times[times.length - 1] || footer.isEmpty()) {
      int found = Arrays.binarySearch(times, at);
      return offsets[times.length == 0 ? 0 : kinds[found >= 0 ? found : -found - 2]];
    }
    return byFooter(at);
  }

  private int byFooter(long at) {
    String[] parts = footer.split(",");
    String names = parts[0].replaceAll("<[^>]*>", "A").replaceAll("[A-Za-z]+", " ").strip();
    String[] given = names.split(" +");
    int standard = -seconds(given[0]);
    if (parts.length == 1) {
      return standard;
    }
    int saving = given.length == 2 ? -seconds(given[1]) : standard + 3600;
    // The latest beginning of either, in the years around, decides.
    int year = (int) Math.floorDiv(at, 31_556_952L) + 1970;
    long latest = Long.MIN_VALUE;
    int offset = standard;
    for (int near = year - 2; near <= year + 2; near++) {
      long begin = local(parts[1], near) - standard;
      long end = local(parts[2], near) - saving;
      if (end <= at && end > latest) {
        latest = end;
        offset = standard;
      }
      if (begin <= at && begin >= latest) {
        latest = begin;
        offset = saving;
      }
    }
    return offset;
  }

  private static long local(String rule, int year) {
    String[] parts = rule.split("/");
    int time = parts.length == 2 ? seconds(parts[1]) : 7200;
    String[] day = parts[0].replaceAll("[MJ]", "").split("\\.");
    LocalDate date = LocalDate.of(year, 1, 1);
    if (parts[0].startsWith("M")) {
      date = LocalDate.of(year, Integer.parseInt(day[0]), 1);
      while (date.getDayOfWeek().getValue() % 7 != Integer.parseInt(day[2])) {
        date = date.plusDays(1);
      }
      for (int week = 1; week < Integer.parseInt(day[1]); week++) {
        date = date.plusDays(7).getMonth() == date.getMonth() ? date.plusDays(7) : date;
      }
    } else {
      int number = Integer.parseInt(day[0]);
      boolean leapless = parts[0].startsWith("J");
      date = date.plusDays(leapless ? number - 1 : number);
      date = leapless && date.isLeapYear() && number > 59 ? date.plusDays(1) : date;
    }
    return date.toEpochDay() * 86_400 + time;
  }

  private static int seconds(String time) {
    String[] parts = time.replaceAll("[+-]", "").split(":");
    int seconds = 0;
    int unit = 3600;
    for (String part : parts) {
      seconds += Integer.parseInt(part) * unit;
      unit /= 60;
    }
    return time.startsWith("-") ? -seconds : seconds;
  }
}
